"""Starts the chat page: the index of the documents is brought up to date, then served."""

import os
import sys
from threading import Thread

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # before Gradio is imported

from yinju import build_index, logs, open_library
from yinju.audit import COMMAND_LINE, Acting, acting, log_of
from yinju.cli.operations import undo_cut_off
from yinju.embedding import load_encoder
from yinju.errors import YinjuError, told
from yinju.printing import summary_line
from yinju.progress import ProgressBar
from yinju.settings import load_settings, spoken_language
from yinju.web import serve
from yinju.web.hosts import allowed_hosts


def main() -> int:
    """The exit status: 0 when the page was closed, 1 when it could not be served."""
    language = spoken_language()
    logs.begin(language)
    try:
        settings = load_settings()
        logs.begin(language, settings)
        undo_cut_off(settings, language)
        allowed_hosts(settings)  # told before minutes are spent on the documents
        Thread(target=__import__, args=("yinju.web.page",), daemon=True).start()  # takes longest: begin now
        encoder = load_encoder(settings.encoder)
        if not settings.read_only:
            with ProgressBar(language) as bar, acting(Acting(log_of(settings), lambda: (COMMAND_LINE, ""))):
                report = build_index(
                    settings.corpus, settings.index, encoder=encoder, settings=settings, progress=bar, may_be_empty=True
                )
            print(summary_line(report, language), file=sys.stderr)
        with open_library(settings.index, encoder=encoder, settings=settings) as library:
            serve(library, settings)
    except (YinjuError, OSError) as error:
        print(told(error, language), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
