"""Write the signs of typography as models know them: minus signs before numbers, and the dots of "U.S."."""

import re

# As Ukrainian and Russian sites print a temperature: the minus of Unicode, or an en dash that joins no range. The starter made "❒18 °C" and
# "22 °C" of "−18 °C" and "–22 °C".
_MINUS = re.compile(r"(?<![^\s(…:])(?<!\d\s)[−–](?=\d)")
_DOTTED = re.compile(r"(?<![\w.])(U\.S\.A|U\.S|U\.K|U\.N|E\.U)\.(?=(\W*)(\w?))")


def with_plain_signs(text: str, language: str) -> str:
    """`text` with "-18 °C" for "−18 °C" and "–18 °C"; in English also "US", "UK", "UN" and "EU" for "U.S." and so on."""
    text = _MINUS.sub("-", text)
    return _DOTTED.sub(_undotted, text) if language == "en" else text


def _undotted(match: re.Match[str]) -> str:
    """Without its dots; the last one is the sentence's too where nothing follows."""
    marks, letter = match.group(2, 3)
    ends = not letter and not marks.strip("\"'”’»)").startswith((".", ",", ";", ":", "?", "!", "…"))
    return match.group(1).replace(".", "") + ("." if ends else "")
