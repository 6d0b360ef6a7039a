"""Who may come in and what each may do: accounts, their sessions and tokens, and the libraries open to them."""

from yinju.users.account import EVERYONE, Account, Right, Role, checked_name, known_form
from yinju.users.arrivals import Arrivals, others_know_users
from yinju.users.passwords import LEAST_CHARACTERS
from yinju.users.sessions import Token
from yinju.users.store import Users

__all__ = [
    "EVERYONE", "LEAST_CHARACTERS", "Account", "Arrivals", "Right", "Role", "Token", "Users", "checked_name",
    "known_form", "others_know_users",
]  # fmt: skip
