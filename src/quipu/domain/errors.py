"""The mistakes that end an operation; each carries a code and parameters, never a sentence."""


class QuipuError(Exception):
    """An operation cannot be done, and the person must be told why.

    `code` names a sentence of the catalogues (`error.<code>`); `params` fill its places. The
    sentence itself is made at the face, in the person's language.
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        places = ", ".join(f"{name}={value}" for name, value in self.params.items())
        return f"{self.code} ({places})" if places else self.code


class InputError(QuipuError):
    """What was given (a file, an option, a value) cannot be used; nothing was changed."""


class WorkspaceError(QuipuError):
    """The workspace cannot be opened, written or trusted."""


class BundleError(QuipuError):
    """A bundle or enrolment file is not acceptable; nothing was changed."""
