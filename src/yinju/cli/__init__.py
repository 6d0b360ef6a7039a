"""The command yinju. Results go to standard output, all else to standard error, in the language of the terminal."""

import sys

from yinju import logs
from yinju.audit import COMMAND_LINE, Acting, acting, log_of
from yinju.cli.libraries import choose_library
from yinju.cli.operations import undo_cut_off
from yinju.cli.options import parser_of
from yinju.cli.output import tell
from yinju.errors import SettingsError, YinjuError, told
from yinju.messages import say
from yinju.settings import Settings, load_settings, spoken_language


def main() -> None:
    """Run one command; on an error print one line and exit with status 1, for a wrong call with 2.

    That the documents do not answer a question is an answer: status 0.
    """
    language = spoken_language()
    logs.begin(language)
    try:
        settings, unusable = _settings()
        arguments = parser_of(language, settings).read()
        if unusable:
            raise unusable
        if str(arguments.index) != settings.index:  # what was chosen at its page counts
            settings = load_settings(arguments.index)
        arguments.settings, arguments.language = settings, language
        logs.begin(language, settings)
        if getattr(arguments, "library", None):
            choose_library(arguments)
        library = getattr(arguments, "library", None) or ""
        with acting(Acting(log_of(settings), lambda: (COMMAND_LINE, library))):
            undo_cut_off(settings, language)
            arguments.command(arguments)
    except KeyboardInterrupt:
        below = "\n" if sys.stderr.isatty() else ""  # which shows ^C
        tell(f"{below}yinju: {say('interrupted', language)}")
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
    except (YinjuError, OSError) as error:
        tell(f"yinju: {told(error, language)}")
        sys.exit(1)


def _settings() -> tuple[Settings, SettingsError | None]:
    """The settings in force; where they cannot be used, the defaults, so that help can be had, and the error."""
    try:
        return load_settings(), None
    except SettingsError as error:
        return Settings.model_construct(), error
