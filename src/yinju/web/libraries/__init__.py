"""Libraries in the page: the menu that leads from one to another, and the view in which they are looked after."""

from yinju.web.libraries.routes import add_routes
from yinju.web.libraries.view import switching

__all__ = ["add_routes", "switching"]
