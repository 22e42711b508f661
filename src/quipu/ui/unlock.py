"""Keys under a passphrase: the window asks for it once, when it opens."""

from collections.abc import Callable

from quipu.domain.errors import WorkspaceError
from quipu.operations.unlocking import use_passphrase
from quipu.ui.dialogs.ask import Ask, Question, Said
from quipu.ui.stage import Stage

_CLOSED = ("key-closed", "passphrase-wrong")


def is_closed(error: Exception | None) -> bool:
    """Whether an error says that a key rests under a passphrase that is not known."""
    return isinstance(error, WorkspaceError) and error.code in _CLOSED


def ask_passphrase(stage: Stage, then: Callable[[], None], leave: Callable[[], None]) -> Ask:
    """Ask for the passphrase, `then` try again; who does not know it may `leave` and only look."""
    text = stage.words.text
    wrong = getattr(stage.desk.read_only, "code", "") == "passphrase-wrong"
    ask = Ask(
        stage.words, text("ui.unlock.title"), [Question("passphrase", "ui.unlock.label", "secret")],
        explain=text("ui.unlock.wrong" if wrong else "ui.unlock.explain"),
        done=text("ui.unlock.open"), parent=stage.window,
    )  # fmt: skip

    def answered(said: Said) -> None:
        use_passphrase(said.answer("passphrase"))
        then()

    ask.rejected.connect(leave)
    ask.when_accepted(answered)
    return ask
