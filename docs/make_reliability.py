"""Settings and constants → the table of limits in docs/reliability.md: make docs-settings.

A limit that is no setting is a constant of a module.
"""

import ast
from pathlib import Path

from yinju.configuration import limits_of, variable_of
from yinju.settings import Settings

PAGE = Path(__file__).with_name("reliability.md")
SOURCE = Path(__file__).parents[1] / "src" / "yinju"
BEGIN, END = "<!-- made by docs/make_reliability.py -->\n", "<!-- to here -->\n"
SETTINGS = (
    "question_characters", "top_k", "file_megabytes", "file_seconds", "file_memory_megabytes", "corpus_files",
    "corpus_megabytes", "deleted_days", "deleted_megabytes", "passage_characters", "exact_passages",
    "answer_characters", "llm_connect_seconds", "llm_first_token_seconds", "llm_between_seconds", "llm_answer_seconds",
    "llm_answer_characters", "llm_passages", "llm_evidence_characters", "questions_at_once", "answers_at_once",
    "questions_waiting", "questions_per_minute", "stop_seconds", "session_idle_days", "session_days",
    "audit_megabytes", "audit_files",
)  # fmt: skip
CONSTANTS = (
    ("reading/unpacking.py", "MAX_UNPACKED_BYTES", "bytes that a packed file (docx, epub, xlsx …) may unpack to"),
    ("reading/child.py", "MOST_BYTES", "bytes of what one file is read as"),
    ("ingest/names.py", "PART_BYTES", "bytes of a file's or folder's name, of a document added at the page"),
    ("ingest/names.py", "DEEPEST", "folders in each other, of the same"),
    ("ingest/names.py", "TAG_CHARACTERS", "characters of a tag"),
    ("ingest/meaning.py", "READ_UNASKED", "passages up to which the transformer reads all without being asked"),
    ("web/guard.py", "LARGEST_BODY", "bytes of a request that is no upload"),
    ("web/guard.py", "LONGEST_NAME", "bytes of a part of an address"),
    ("web/connections.py", "HEADER_SECONDS", "seconds in which the headers of a request arrive"),
    ("web/connections.py", "READ_SECONDS", "seconds for which a browser may take nothing of what it is sent"),
    ("web/connections.py", "MOST", "connections at once"),
    ("web/connections.py", "MOST_OF_ONE", "connections at once from one other machine"),
    ("web/connections.py", "MOST_WAITING", "connections at once whose request is not whole"),
    ("web/admission.py", "OTHERS", "requests beside the chat's that are worked on at once"),
    ("web/open_chats.py", "MOST", "open chats in memory; of more the longest unseen is read again from its file"),
    ("web/login.py", "CHECKS_AT_ONCE", "passwords that are looked at at once"),
    ("users/failures.py", "FREE", "attempts to log in that may fail before the next has to wait"),
    ("users/failures.py", "LONGEST_SECONDS", "seconds that it has to wait at most"),
    ("conversations/shares.py", "MOST_SHARES", "links to chats of one visitor"),
    ("conversations/store.py", "MOST_ANSWERS", "answers of a chat that are shown when it is opened, the last ones"),
    ("conversations/store.py", "MOST_CHATS", "chats that are listed at once"),
    ("answering/llm/model.py", "RETRIES", "times that a language model is asked again before its first token"),
    ("answering/llm/deltas.py", "LONGEST_LINE", "bytes of a line of a language model's stream"),
)


def page(written: str) -> str:
    """The page with its table made anew."""
    before, _, rest = written.partition(BEGIN)
    return before + BEGIN + table() + END + rest.partition(END)[2]


def table() -> str:
    """Every limit, a line each."""
    lines = ["| limit | as shipped | may be | what it is |", "|---|---|---|---|"]
    for name in SETTINGS:
        field = Settings.model_fields[name]
        between = " … ".join(f"{end:,}" for end in limits_of(field))
        lines.append(f"| `{variable_of(name)}` | {field.default:,} | {between} | {field.description} |")
    for module, name, about in CONSTANTS:
        value = f"{constant(module, name):,}".removesuffix(".0")
        lines.append(f"| [{module}](../src/yinju/{module}) `{name}` | {value} | – | {about} |")
    return "\n".join(lines) + "\n"


def constant(module: str, name: str) -> float:
    """The value of a constant, which nothing is imported for."""
    for node in ast.parse((SOURCE / module).read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            return float(value) if isinstance(value := ast.literal_eval(node.value), float) else int(value)
    raise LookupError(f"{module} has no {name}")


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")
