"""The report of a run over files: shows each outcome as it comes, counts them, and knows the exit code in the end."""

import sys
from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from korotko import KorotkoError, to_json
from korotko._exits import Exit, complaint, exit_of_all
from korotko._printing import Progress, errors_of, has_value, warnings_of
from korotko._reading import UnreadableText, shown

R = TypeVar("R")


def complain(line: str) -> None:
    """One line on standard error."""
    print(f"korotko: {line}", file=sys.stderr, flush=True)


class Report(Generic[R]):
    """Writes results to standard output and complaints to standard error, each as soon as it is known."""

    def __init__(self, files: list[str], text: Callable[[R], str], *, given: Mapping[str, object], as_json: bool, progress: bool) -> None:
        """`given` are the command's options and their values, for the advice in complaints."""
        self._text = text
        self._given = given
        self._as_json = as_json
        self._headings = len(files) > 1
        self._progress = Progress(len(files), shown=progress and len(files) > 1)
        self._left = list(files)
        self._errors: list[KorotkoError] = []
        self._unreadable = 0
        self._succeeded = 0

    def result(self, name: str, result: R) -> None:
        """A file has a result, in which some languages may have failed."""
        errors = errors_of(result)
        if self._as_json:
            self._print(to_json({"file": name, "result": result}))
        elif text := self._text(result).removesuffix("\n"):  # print adds it again
            self._print(f"== {shown(name)} ==\n{text}\n" if self._headings else text)
        for language, error in errors.items():
            self._complain(name, f"[{language}] {complaint(error, self._given)}")
        for warning in warnings_of(result):
            self._complain(name, warning)
        self._errors += errors.values()
        self._succeeded += has_value(result)
        self._step(name, failed=bool(errors))

    def line(self, name: str, error: KorotkoError | UnreadableText) -> None:
        """The error as JSON, if results are JSON."""
        if self._as_json:
            if isinstance(error, UnreadableText):  # in the form of a server's error, so that every line has the same names
                error = KorotkoError(str(error), code="INVALID_ARGUMENT", reason="UNREADABLE")
            self._print(to_json({"file": name, "error": error}))

    def failure(self, name: str, error: KorotkoError) -> None:
        """A file has failed; the others go on."""
        self.line(name, error)
        self._complain(name, complaint(error, self._given))
        self._errors.append(error)
        self._step(name, failed=True)

    def unreadable(self, name: str, error: UnreadableText) -> None:
        """A file could not even be sent."""
        self.line(name, error)
        self._progress.clear()
        complain(str(error))
        self._unreadable += 1
        self._step(name, failed=True)

    def broken(self, error: KorotkoError) -> None:
        """The stream broke: say which files are not done."""
        for name in self._left:
            self.line(name, error)
        names = ", ".join(shown(name) for name in self._left[:5]) + (" …" if len(self._left) > 5 else "")
        self._progress.clear()
        complain(f"{complaint(error, self._given)}; not done: {len(self._left)} ({names})")

    def exit(self) -> Exit:
        """The exit code of the whole run."""
        if self._unreadable:
            return Exit.SOME_FAILED if self._succeeded or self._errors else Exit.USAGE
        return exit_of_all(self._errors, succeeded=self._succeeded)

    def _complain(self, name: str, line: str) -> None:
        self._progress.clear()
        complain(f"{shown(name)}: {line}")

    def _print(self, text: str) -> None:
        self._progress.clear()
        print(text, flush=True)

    def _step(self, name: str, *, failed: bool) -> None:
        self._left.remove(name)
        self._progress.step(failed=failed)
