"""Reword gRPC's errors for a server that cannot be reached: name the target, the cause and, if it can be guessed, the cure; pure."""

import re
from collections.abc import Mapping

# How the message begins if a connection was never established. For one that broke later it is different.
_NO_CONNECTION = "no connection to "

# gRPC's own words for it, up to the cause, in all versions that the SDK accepts.
_NEVER_CONNECTED = re.compile(
    r"^(?:connections to all backends failing|failed to connect to all addresses)(?:; last error: (?:[A-Z_]+: )?)?"
    r"|^errors resolving .*?(?=address lookup failed|$)"
    r"|^DNS resolution failed for (?:.*: )?",
    re.DOTALL,
)
_LOOKUP = re.compile(r"^address lookup failed for \S+: ([^\]]*)\]?$")
_PASSING_WORDS = re.compile(r"Failed to connect to remote host: (?:connect: )?")
_FAMILY = re.compile(r"^ipv[46]:(?:%5B([^%\s]*)%5D)?")

# Signs in such messages, and what they mean.
_HINT_OF_SIGN: Mapping[re.Pattern[str], str] = {
    re.compile(r"^CANCELLED$"): "a server that stops resets a call that reaches it in its last moment: try again",
    re.compile(r"^no connection.*Socket closed"): "a server with TLS closes plain connections like this: try tls",
    re.compile(r"WRONG_VERSION_NUMBER"): "a server without TLS answers like this: try without tls",
    re.compile(
        r"Hostname Verification Check failed|not in peer certificate"
    ): "the server's certificate is not for the name in this target",
    re.compile(r"Failed parsing HTTP/2"): "a web server answers like this, and no gRPC server: check the port",
    # Another port than the target's own, where the target has only one.
    re.compile(
        r"HTTP proxy|^no connection to [^\s,]*:(\d+): (?:\[\S*\]|[\d.]+):(?!\1:)\d+: "
    ): "a proxy is asked, which http_proxy, https_proxy or grpc_proxy in the environment names; no_proxy=HOST does without",
    re.compile(r"^no connection to \S*localhost:(\d+): \[::1\]:\1: "): "localhost is 127.0.0.1 too, and only one of them is told: try that",
    re.compile(r"CERTIFICATE_VERIFY_FAILED"): "no root certificate that is trusted here has signed the server's: give the right one as tls",
}


def told(message: str, target: str) -> str:
    """The message for people: the target, the cause, what may help. For a connection that broke, gRPC's own words."""
    clear = _clear(message, target)
    return "; ".join((clear, *(hint for sign, hint in _HINT_OF_SIGN.items() if sign.search(clear))))


def no_connection(message: str) -> bool:
    """Whether no connection was established, in gRPC's words or ours. If gRPC ever changes its words, a stream waits out its patience."""
    return message.startswith(_NO_CONNECTION) or _NEVER_CONNECTED.match(message) is not None


def _clear(message: str, target: str) -> str:
    """What happened, without gRPC's internal terms: "no connection to localhost:1: [::1]:1: Connection refused"."""
    found = _NEVER_CONNECTED.match(message)
    if found is None:
        return message
    cause = _PASSING_WORDS.sub("", message[found.end() :])
    cause = _LOOKUP.sub(r"address lookup failed: \1", cause)
    if message.startswith("DNS"):
        cause = f"address lookup failed: {cause}"
    cause = _FAMILY.sub(lambda family: f"[{family[1]}]" if family[1] else "", cause).removeprefix(f"{target}: ")
    return f"{_NO_CONNECTION}{target}: {cause or message}"
