"""The tokens file: both of its formats, everything that can be wrong with it, and no token in what is said of it."""

import hashlib

import pytest

from korotko_service.access import AccessInvalid, Holder, Role, read

TOKEN, OTHER = "5up3rs3cret-of-the-newsroom", "another-5ecret-of-the-archive"
SHA256 = hashlib.sha256(TOKEN.encode()).hexdigest()


def caller(*lines: str, name: str = "newsroom") -> str:
    return "\n".join([f"[callers.{name}]", *lines, ""])


def test_a_plain_file_has_a_token_a_line_and_everybody_may_do_everything() -> None:
    access = read(f"# newsroom\n{TOKEN}\n\n  {OTHER}  \r\n")
    assert access.holder(TOKEN.encode()) == access.holder(OTHER.encode()) == Holder()
    assert access.holder(b"# newsroom") is None
    assert access.holder(b"") is None
    assert Holder().roles == frozenset(Role)
    assert Holder().characters_per_minute is None


@pytest.mark.parametrize("key", [f'token = "{TOKEN}"', f'token_sha256 = "{SHA256}"', f'token_sha256 = "{SHA256.upper()}"'])
def test_a_caller_has_a_name_roles_and_a_quota(key: str) -> None:
    access = read(caller(key, 'roles = ["translate", "bulk"]', "characters_per_minute = 120000"))
    expected = Holder(name="newsroom", roles=frozenset((Role.TRANSLATE, Role.BULK)), characters_per_minute=120_000)
    assert access.holder(TOKEN.encode()) == expected


def test_what_a_caller_leaves_out_is_all_roles_and_no_quota() -> None:
    assert read(caller(f'token = "{TOKEN}"')).holder(TOKEN.encode()) == Holder(name="newsroom")


def test_a_caller_may_have_an_old_token_and_a_new_one() -> None:
    access = read(caller(f'token = ["{TOKEN}", "{OTHER}"]'))
    assert access.holder(TOKEN.encode()) == access.holder(OTHER.encode()) == Holder(name="newsroom")


def test_callers_are_listed_without_their_tokens() -> None:
    newsroom = caller(f'token = "{TOKEN}"', 'roles = ["bulk", "translate"]', "characters_per_minute = 9")
    text = newsroom + caller(f'token = "{OTHER}"', name="archive")
    assert str(read(text)).splitlines() == [
        "newsroom: translate, bulk; 9 characters a minute",
        "archive: summarize, translate, detect, interactive, bulk; no quota",
    ]
    assert str(read(f"{TOKEN}\n{OTHER}")) == "2 tokens without a name, all roles, no quota"
    for access in (read(text), read(TOKEN)):
        assert TOKEN not in repr(access)
        assert SHA256 not in repr(access)


WRONG = {
    "": "holds no token, so nobody could call",
    "# nobody yet\n\n": "holds no token, so nobody could call",
    caller(f'token = "{TOKEN}"') + f'[other]\ntoken = "{OTHER}"': "unknown key 'other'",
    f'[callers]\nnewsroom = "{TOKEN}"': r"\[callers.newsroom\]: expected a table",
    f'[[callers]]\ntoken = "{TOKEN}"': "expected tables",
    caller(f'token = "{TOKEN}'): "not TOML: .*line 2",
    caller('roles = ["bulk"]'): "give either token_sha256",
    caller(f'token = "{TOKEN}"', f'token_sha256 = "{SHA256}"'): "give either token_sha256",
    caller(f'token = "{TOKEN} and more"'): "a token is one word",
    caller('token = ""'): "a token is one word",
    caller("token = 7"): "expected a string",
    caller("token = []"): "at least one",
    caller(f'token_sha256 = "{SHA256[:-1]}"'): "expected 64 hexadecimal digits",
    caller(f'token = "{TOKEN}"', 'role = "bulk"'): "unknown key 'role'; known keys: token, token_sha256, roles",
    caller(f'token = "{TOKEN}"', 'roles = ["sing"]'): r"roles = \['sing'\]: expected a list of summarize",
    caller(f'token = "{TOKEN}"', "roles = []"): "expected a list of",
    caller(f'token = "{TOKEN}"', 'roles = "bulk"'): "expected a list of",
    caller(f'token = "{TOKEN}"', "characters_per_minute = 0"): r"\[callers.newsroom\] characters_per_minute = 0: expected 1 to",
    caller(f'token = "{TOKEN}"', "characters_per_minute = true"): "expected a whole number",
    caller(f'token = "{TOKEN}"', "characters_per_minute = 1.5"): "expected a whole number",
    caller(f'token = "{TOKEN}"', name='"two words"'): "a name has 1 to 64",
    caller(f'token = "{TOKEN}"') + caller(f'token_sha256 = "{SHA256}"', name="archive"): r"its token is that of \[callers.newsroom\]",
    caller(f'token = "{TOKEN}"', name='""'): "needs a name",
    f'# newsroom\nroles = ["bulk"]\ntoken = "{TOKEN}"': "line 2: a token is one word without quotes",
    f'callers.newsroom.token="{TOKEN}"': "line 1: a token is one word without quotes",
    f"{OTHER}\n{TOKEN} {OTHER}": "line 2: a token is one word",
    f'[caller.newsroom]\ntoken = "{TOKEN}"': "unknown key 'caller'",
    f'# comment\n  [newsroom]\ntoken = "{TOKEN}"': "unknown key 'newsroom'",
    caller(f'token = "{TOKEN}"', f"characters_per_minute = {'9' * 5000}"): "not TOML: a number of thousands of digits",
    caller(
        f'token = "{TOKEN}"', f"characters_per_minute = 0x{'f' * 5000}"
    ): "characters_per_minute = a number of more than 64 bits: expected",
    caller(f'token = "{TOKEN}"', f"roles = [0x{'f' * 5000}]"): "roles = .a number of more than 64 bits.: expected a list of",
    caller(f'token = "{TOKEN}"', f"roles = {'[' * 50_000}"): "nested too deeply",
    caller(f'token = "{TOKEN}"', f"roles{'.a' * 5000} = 1"): "roles = {'a': .*: expected a list of",
}


@pytest.mark.parametrize(("text", "message"), WRONG.items(), ids=range(len(WRONG)))
def test_a_wrong_file_says_what_is_wrong_and_quotes_no_token(text: str, message: str) -> None:
    with pytest.raises(AccessInvalid, match=message) as caught:
        read(text)
    assert TOKEN not in str(caught.value)
    assert OTHER not in str(caught.value)
