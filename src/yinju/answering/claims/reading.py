"""Text → its tokens as claims and sources are compared by: Han characters, other words, and whole quantities."""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from yinju.answering.claims.polarity import Polarity, find_polarities
from yinju.answering.claims.quantities import PERIOD, Quantity, find_quantities
from yinju.text import HAN, search_form, words

_CLAUSE_END = re.compile(r"(?<!\d),|,(?!\d)|:(?!\d)|[;。!?\n|]")
_HAN_WORD = re.compile(rf"[{HAN}]+")

_FUNCTION = frozenset(
    """
    的 了 着 过 地 得 之 是 在 和 跟 与 及 或 而 且 但 也 都 就 才 又 还 再 很 太 更 为 于 以 其 并 所 则 即 由
    从 对 向 到 至 把 被 让 使 将 给
    因 因为 因此 所以 由于 故 从而 于是 而且 并且 以及 或者 或是 还是 但是 可是 然而 不过 不仅 不但 同时 此外
    另外 其中 其实 然后 接着 随后 之后 后来
    如果 若 假如 倘若 只要 只有 即使 虽然 虽 尽管 无论 不论 为了 以便 便于 关于 对于 根据 按照 依照 依据 通过
    透过 经由 作为 成为 属于 位于 处于
    这 那 这个 那个 这些 那些 这种 那种 这样 那样 此 该 本 他 她 它 他们 她们 它们 我 我们 你 你们 您 自己 本身
    当地 对方 某 各 每 每个 其他 其它 有 没有
    约 大约 大概 左右 上下 近 将近 接近 主要 通常 一般 往往 一定 必须 必 需要 需 应 应该 应当 会 能 能够 可 可以
    要 须 得以 曾 曾经 已 已经 正 正在 便 仍 仍然 只 仅 仅仅
    最 比较 相当 非常 十分 极 极为 特别 尤其 例如 比如 譬如 像 等 等等 包括 包含 也就是说 换句话说 简单来说 总之
    具体来说 首先 其次 再次 最后 第一 第二 第三
    不 没 未 无 非 别 勿 吧 吗 呢 啊 呀 嘛 里 中 上 下 内 外 前 后 时 时候 期间 当 当时 之间 之中 当中 以来 来
    去 个 些 种 位 名 次 年 月 日 人 者 做 进行 称 称为 叫 叫做 被称为
    一 一个 一种 一位 一名 一些 一座 一家 一项 一次 那么 这里 那里 目前 现时 现在 如今 分别 均 皆 共 总共 一共
    合计 方面 部分 情况 因而 以至 直到 以免 乃 系 亦 若是 的话 作 用 用来 用于
    问 答 资料 文件 文档 文中 内容 指出 提到 显示 表示 说明 规定 据 据说 简言之 事实上 实际上 也就是 即是 就是
    至于 而言 来说 关键 主要是 相关 有关 所谓 整体 总的来说 建议 说 并不 不是 不得 不能 不会 不要 不应 不应该
    不可 不可以 不准 不许 不必 不须 不用 不需 不需要 无须 无需 没有 未曾 并非 从未 不再
    尚未 还没 就是 也是 都是 只是 只有 才能 才会 就会 便会 不会再 只能 还有 还要 也要 可能 也许 或许
    """.split()
)  # fmt: skip
"""Words that hold a sentence together: nothing is claimed by one more or fewer of them; folded."""

FUNCTION_WEIGHT = 0.25
_QUANTITY_WEIGHT = 2.0


@dataclass(frozen=True, slots=True)
class Reading:
    """A text's tokens; all tuples and arrays but `polarities` have one entry for each token."""

    form: str
    keys: tuple[str, ...]
    starts: tuple[int, ...]
    """Where each stands in the form."""
    words: tuple[int, ...]
    """The number of the word it is part of."""
    clauses: tuple[int, ...]
    """The number of its clause."""
    quantities: tuple[Quantity | None, ...]
    content: NDArray[np.bool_]
    """Whether it tells something: neither a function word nor a quantity, other than how often."""
    codes: NDArray[np.int64]
    weights: NDArray[np.float32]
    """In alignment."""
    polarities: tuple[tuple[int, int, Polarity], ...]
    """With the first token each covers, and the one after its last."""

    def text(self, first: int, last: int) -> str:
        """The tokens of a range in one piece."""
        return "".join(self.keys[first:last])


@lru_cache(maxsize=4096)
def read(text: str) -> Reading:
    """The tokens of a claim, or of neighbouring sentences."""
    form, placed, end = search_form(text), list[tuple[int, str]](), 0
    for word in words(text):
        start = form.index(word, end)
        end = start + len(word)
        placed.append((start, word))
    quantities = find_quantities(form)
    inside = {place: quantity for quantity in quantities for place in range(quantity.start, quantity.end)}
    breaks = {match.start() for match in _CLAUSE_END.finditer(form)}
    ends = np.cumsum([0] + [place in breaks for place in range(len(form))])
    keys: list[str] = []
    starts: list[int] = []
    numbers: list[int] = []
    held: list[Quantity | None] = []
    content: list[bool] = []
    for number, (place, word) in enumerate(placed):
        function = word in _FUNCTION
        pieces = enumerate(word, place) if _HAN_WORD.fullmatch(word) else [(place, word)]
        for start, piece in pieces:
            quantity = inside.get(start)
            if quantity is not None and held and held[-1] is quantity:
                continue
            keys.append(form[quantity.start : quantity.end] if quantity else piece)
            starts.append(start)
            numbers.append(number)
            held.append(quantity)
            content.append(quantity.unit == PERIOD if quantity else not function)
    codes = [ord(key) if len(key) == 1 else 1 << 32 | zlib.crc32(key.encode()) for key in keys]
    weights = [_QUANTITY_WEIGHT if q else 1.0 if c else FUNCTION_WEIGHT for q, c in zip(held, content, strict=True)]
    return Reading(
        form, tuple(keys), tuple(starts), tuple(numbers), tuple(int(ends[start]) for start in starts), tuple(held),
        np.array(content, bool), np.array(codes, np.int64), np.array(weights, np.float32),
        tuple(_covering(find_polarities(form), starts)),
    )  # fmt: skip


def _covering(polarities: Sequence[Polarity], starts: Sequence[int]) -> list[tuple[int, int, Polarity]]:
    places = np.array(starts)
    found = [(int(np.searchsorted(places, p.start)), int(np.searchsorted(places, p.end)), p) for p in polarities]
    return [(first, last, p) for first, last, p in found if first < last]
