"""What a page's elements say of themselves by their tags, roles, classes and ids."""

import re
from collections.abc import Mapping
from enum import Enum, auto
from functools import lru_cache

REMOVED = frozenset(("svg", "select", "button", "textarea", "rt", "rp", "del", "s", "strike"))
"""Labels of what can be done, how characters are read, and words that no longer hold."""
LEFT_OUT = REMOVED | {"head", "script", "style", "template", "noscript", "iframe", "object"}
"""Those and what is no text of the page."""
MARGINAL = frozenset(("headerlink", "hash-link", "header-anchor", "anchorjs-link", "mw-editsection"))
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
"""Elements without content."""
LINES = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form"
    " header html li main nav ol p pre section summary table tbody tfoot thead tr caption ul".split()
)
"""Elements that stand in lines of their own."""
LANDMARKS = frozenset(("nav", "footer", "main", "article", "aside"))


class Kind(Enum):
    """What a stretch of a page is said to be."""

    HIDDEN = auto()
    FOLDED = auto()
    """Not shown until something is clicked, or never."""
    POST = auto()
    """The text of an article, without its title and what is below it."""
    MAIN = auto()
    ARTICLE = auto()
    BANNER = auto()
    NAVIGATION = auto()
    SIDE = auto()
    FOOTER = auto()
    LINKS = auto()
    """To other pages, or a menu."""
    CONTROLS = auto()
    """To share, to log in, to accept cookies; and advertisements."""
    COMMENTS = auto()


_ROLES = {
    "main": Kind.MAIN,
    "navigation": Kind.NAVIGATION,
    "banner": Kind.BANNER,
    "contentinfo": Kind.FOOTER,
    "complementary": Kind.SIDE,
    "search": Kind.CONTROLS,
    "dialog": Kind.CONTROLS,
    "alertdialog": Kind.CONTROLS,
    "toolbar": Kind.CONTROLS,
    "menu": Kind.LINKS,
    "menubar": Kind.LINKS,
}
_TAGS = {
    "main": Kind.MAIN,
    "article": Kind.ARTICLE,
    "nav": Kind.NAVIGATION,
    "footer": Kind.FOOTER,
    "aside": Kind.SIDE,
}
_WORDS = {
    Kind.NAVIGATION: "nav navbar navigation navi breadcrumb breadcrumbs crumb crumbs pagination pager paging pg toc"
    " sitemap nv",
    Kind.SIDE: "sidebar sidenav sidecolumn rightbar leftbar widget widgets side lside rside blogside sidecol sidepanel"
    " gadget gadgets",
    Kind.FOOTER: "footer colophon copyright icp beian",
    Kind.LINKS: "menu header masthead topbar toptb userbar related relatedposts recommend recommends recommended"
    " recommendation recommendations tuijian hot rank ranking prevnext tags catlinks",
    Kind.CONTROLS: "share sharing sharebar sharebox sharedaddy bdsharebuttonbox social sns qrcode ad ads advert adsense"
    " advertisement sponsored guanggao login signin signup signflow paywall cookie cookies gdpr consent subscribe"
    " newsletter backtop gotop totop reward votes",
    Kind.COMMENTS: "comment comments respond",
}
_POSTS = frozenset(
    "postbody postcontent postcontentbody posttext entry entrycontent entrybody entrytext articlebody articlecontent"
    " articaltext articalcontent articlecontentinner articletext articledetail blogcontent blogpostbody blogbody"
    " cnblogspostbody nbwblog contentviews markdownviews htmleditviews markdownbody jscontent richmediacontent"
    " econtent singlecontent newscontent newstext newsbody contentall threadcontent storybody storycontent"
    " wppostcontent wpblockpostcontent kgentrycontent ghcontent notecontent richtext".split()
)
"""The classes and ids, without hyphens, that the programs for blogs and news give to the text of an article."""
_AROUND = frozenset(("body", "html", "nav", "footer", "aside", "header", "ul", "ol", "dl", "form"))
_KINDS = {word: kind for kind, words in _WORDS.items() for word in words.split()}
_LAYOUT = frozenset(
    "site page web main global app theme doc docs wrap wrapper container inner outer box area block blk bar list links"
    " link item items left right top bottom side mobile desktop fixed primary secondary menu nav channel common"
    " post posts entry article articles stories reading news"
    " notice hint banner buttons button group col column section module wgt js to back".split()
)
"""Words that beside one of `_WORDS` leave its meaning as it is: page-footer, but not card-footer."""
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_LONGEST_NAME = 300


def stated_kind(tag: str, attributes: Mapping[str, str]) -> tuple[Kind, bool] | None:
    """What an element is by its role, its tag or the names of its class or id, and whether by those; None for text."""
    names, name = attributes.get("class", ""), attributes.get("id", "")
    if attributes.get("itemprop") == "articleBody":
        return Kind.POST, False
    if tag not in _AROUND and _is_post(f"{names[:_LONGEST_NAME]} {name[:_LONGEST_NAME]}"):
        return Kind.POST, True
    kind = _ROLES.get(attributes.get("role", "")) or _TAGS.get(tag)
    if kind is not None:
        return kind, False
    # A section's id is its heading's words: one on logging in is called login.
    is_section = tag == "section" or "section" in names.split()
    kind = _named_kind(f"{names[:_LONGEST_NAME]} {'' if is_section else name[:_LONGEST_NAME]}")
    return None if kind is None else (kind, True)


@lru_cache(maxsize=4096)
def _is_post(names: str) -> bool:
    return any(name.lower().replace("-", "").replace("_", "") in _POSTS for name in names.split())


@lru_cache(maxsize=4096)
def _named_kind(names: str) -> Kind | None:
    for name in names.split():
        words = [word.lower() for word in _WORD.findall(name)]
        kinds = [_KINDS[word] for word in words if word in _KINDS]
        if kinds and all(word in _KINDS or word in _LAYOUT for word in words):
            return kinds[-1]
    return None
