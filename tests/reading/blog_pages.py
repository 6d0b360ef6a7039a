"""Pages as the programs for blogs write them: a short post, and around it more than the post has.

Marked as saved pages are: what stands between `<!--b-->` and `<!--/b-->` is boilerplate. `{40 …}` stands for so many of
what follows, each with another number in the place of `#`; `{p}`, `{t}` and `{s}` for words as in saved pages.
"""

import random
import re
from collections.abc import Iterator

from tests.reading.web_pages import WebPage, marked_page

from made_files import sentences

_MANY = re.compile(r"\{(\d+) (.*?)\}")
BLOGS = {
    "blogger": """<div class='main section' id='main'><div class='widget Blog' data-version='1' id='Blog1'>
<div class='blog-posts hfeed'><div class='post-outer'><div class='post hentry'><h3 class='post-title entry-title'>手沖的水溫</h3>
<div class='post-body entry-content' id='post-body-1'>{s}<br/>{s}</div><!--b--><div class='post-footer'><span>於</span>
<a>5月 01, 2020</a></div><!--/b--></div></div></div></div></div><!--b--><div class='sidebar section' id='sidebar'>
<div class='widget Label'><h2>標籤雲</h2><div class='widget-content list-label-widget-content'><ul>
{90 <li><a dir='ltr' href='#'>烘豆實驗 #</a><span dir='ltr'>(1#)</span></li>}</ul></div></div>
<div class='widget BlogArchive'><h2>網誌存檔</h2>{60 <div>▼ 2019年#月 (#)</div>}</div></div><!--/b-->""",
    "wordpress_classic": """<!--b--><div id='header'><div class='description'>一個賣茶的人寫的字</div></div><!--/b-->
<div id='content' class='narrowcolumn'><div class='post-7 post hentry' id='post-7'><h2>春茶</h2><div class='entry'>{p}</div>
<!--b--><p class='postmetadata'>分類：<a>茶</a> | <a>沒有迴響 »</a></p><!--/b--></div></div><!--b--><div id='sidebar'><ul>
<li><h2>彙整</h2><ul>{120 <li><a>2009 年 # 月</a> (2#)</li>}</ul></li><li><h2>最近的迴響</h2><ul>
{40 <li>路人#號，在〈<a>某篇文章</a>〉留下的迴響：寫得真好，謝謝分享，我也想去看看。</li>}</ul></li></ul></div><!--/b-->""",
    "wordpress_block": """<main id='wp--skip-link--target' class='wp-block-group'><h1 class='wp-block-post-title'>露營</h1>
<div class='entry-content wp-block-post-content'>{p}{p}</div></main><!--b--><aside class='widget-area'>
<section class='widget widget_recent_entries'><h2>近期文章</h2><ul>{60 <li><a>第#次露營的心得</a> <span>2020 年 #</span></li>}
</ul></section><section class='widget widget_text'><div>{t}</div></section></aside><!--/b-->""",
    "pixnet": """<div id='container'><div id='container2'><div id='main'><div id='content'><div id='article-area'>
<div class='article' id='article-box'><ul class='article-head'><li class='title'><h2>台南三日</h2></li></ul>
<div class='article-body'><div class='article-content'><div class='article-content-inner' id='article-content-inner'>{p}{s}</div>
</div></div><!--b--><div class='article-footer'><ul><li><a>全站分類：國內旅遊</a></li><li><a>個人分類：台南</a></li></ul></div>
<!--/b--></div></div></div></div><!--b--><div id='links'><div id='sidebar__inner'><div class='box' id='hot-article'>
<h4>熱門文章</h4><ul>{70 <li><span>(1#,2#)</span><a>台南必吃第#名</a></li>}</ul></div><div class='box' id='counter'>
<h4>參觀人氣</h4><ul><li>本日人氣：<span>12</span></li><li>累積人氣：<span>345678</span></li></ul></div></div></div><!--/b--></div></div>""",
    "sina": """<div class='sinabloga'><!--b--><div class='sinablogHead'><h1><a>老王的博客</a></h1></div><!--/b--><div class='sinablogb'>
<!--b--><div id='column_1' class='SG_colW21'><div class='SG_conn'><span class='title'>个人资料</span>
{50 <div class='SG_connBody'>博客等级积分关注人气第#项：<strong>#</strong></div>}</div><div class='SG_conn'><span>分类</span>
{60 <div><a>杂谈#</a><em>(#)</em></div>}</div></div><!--/b--><div id='column_2' class='SG_colW73'><div id='articlebody' class='artical'>
<h2 class='titName SG_txta'>读史随笔</h2><div class='articalContent' id='sina_keyword_ad_area2'>{p}{p}</div>
<!--b--><div class='shareUp'><a>分享：</a></div><!--/b--></div></div></div></div>""",
    "netease": """<div class='nb-cnt'><!--b--><div class='lside'><div class='mod'>{90 <div>网易考拉推荐第#条<a>看看</a>（#）</div>}</div></div>
<!--/b--><div class='multicntwrap'><h3 class='title pre'><span class='tcnt'>秋天的信</span></h3>
<div class='bct fc05 fc11 nbw-blog ztag'>{p}</div></div></div>""",
    "csdn": """<!--b--><div id='toolbarBox'><ul>{12 <li><a>频道#</a></li>}</ul></div><!--/b--><div class='main_father'><div class='container'>
<main><div class='blog-content-box'><div class='article-title-box'><h1 class='title-article'>解决端口被占用</h1></div>
<!--b--><div class='article-info-box'><a>程序员甲</a> <span>最新推荐文章于 2021-03-04 发布</span></div><!--/b-->
<article class='baidu_pl'><div id='article_content' class='article_content'><div id='content_views' class='markdown_views'>{p}
<pre><code>netstat -ano</code></pre></div></div></article></div><!--b--><div class='recommend-box'>
{30 <div class='recommend-item-box'><a><h4>端口#被占用怎么办</h4><p>很多人都遇到过这个问题，这里介绍第#种方法，大家看看吧，一起学习。</p></a></div>}</div><!--/b-->
</main><!--b--><aside class='blog_container_aside'>{50 <div>原创#篇 <a>热门文章</a> 阅读#</div>}</aside><!--/b--></div></div>""",
    "cnblogs": """<div id='home'><!--b--><div id='header'><div id='navigator'><ul>{6 <li><a>导航#</a></li>}</ul>
<div class='blogStats'>随笔 - 12&nbsp; 文章 - 0</div></div></div><!--/b--><div id='main'><div id='mainContent'><div class='forFlow'>
<div id='post_detail'><div id='topics'><div class='post'><h1 class='postTitle'><a>配置代理</a></h1>
<div class='postBody'><div id='cnblogs_post_body' class='blogpost-body'>{p}{s}</div></div><!--b--><div class='postDesc'>posted @
<span>2018-01-02 10:00</span> <a>某甲</a> 阅读(12)</div><!--/b--></div></div></div></div></div><!--b--><div id='sideBar'>
<div id='sideBarMain'><div class='catListPostArchive'><h3 class='catListTitle'>随笔档案</h3>{99 <div><a>2018年#月</a>(#)</div>}</div>
<div class='catListComment'><h3>最新评论</h3>{30 <div>1. Re:配置第#个代理</div><div>写得不错，正好遇到这个问题，多谢博主，收藏了。</div>}
</div></div></div><!--/b--></div>""",
    "hexo": """<div class='container'><!--b--><aside class='sidebar'><div class='sidebar-inner'><ul class='sidebar-nav'><li>文章目录</li></ul>
<div class='post-toc'><ol class='nav'>{40 <li><a><span>#.</span> <span>小节#</span></a></li>}</ol></div><div class='site-overview'>
{30 <p>分类#，共有#篇日志。</p>}</div></div></aside><!--/b--><main class='main'><div class='main-inner'><article class='post-block'>
<header class='post-header'><h1 class='post-title'>搭建记</h1></header><div class='post-body' itemprop='articleBody'>{p}{p}</div>
<!--b--><footer class='post-footer'><div class='post-nav'><a>上一篇</a><a>下一篇</a></div></footer><!--/b--></article></div></main></div>""",
    "typecho": """<div id='body'><div class='row'><div class='col-8' id='main'><article class='post'><h1 class='post-title'><a>换机</a></h1>
<div class='post-content'>{p}</div></article></div><!--b--><div class='col-4' id='secondary'><section class='widget'>
<h3 class='widget-title'>最新回复</h3><ul>{60 <li><a>访客#</a>: 学习了，支持一下博主，欢迎回访我的小站。</li>}</ul></section></div><!--/b--></div></div>""",
    "xuite": """<div class='blogWrap'><!--b--><div class='blogSide'><div class='module'><h3>文章分類</h3>{99 <p>隨意寫寫#（#）</p>}</div></div><!--/b-->
<div class='blogMain'><div class='blogbody'><h3 class='title'>海邊</h3><div id='content_all' class='content_all'>{p}</div></div></div></div>""",
    "microdata": """<div class='x1'><div itemscope itemtype='https://schema.org/BlogPosting'><h2 itemprop='headline'>夏夜</h2>
<div class='x2' itemprop='articleBody'>{p}</div></div></div><!--b--><div class='x3 sidebar'>
{80 <div><b>好站#</b>：站長很用心，常常更新，值得一看的好地方，推薦給大家。</div>}</div><!--/b-->""",
    "medium_like": """<article><h1>写作</h1><section class='e-content'>{p}{p}</section></article><!--b--><div class='sidebar-widgets'>
{40 <div class='widget'><p>作者#，关注了你。</p></div>}</div><div class='related-posts'><h3>相关文章</h3>
{20 <div><h4><a>第#篇</a></h4><p>这是一段摘要，写了一些和文章有关的内容，点进去可以看到全文，欢迎阅读，感谢。</p></div>}</div><!--/b-->""",
    "ghost_many": """<div class='site-main'><div class='post-feed'><article class='post'><h2>一</h2><div class='post-content'>{p}</div></article>
<article class='post'><h2>二</h2><div class='post-content'>{p}</div></article></div></div><!--b--><aside class='sidebar'>
{99 <div>標籤#（#）</div>}</aside><!--/b-->""",
}


def blog_pages() -> Iterator[tuple[str, WebPage]]:
    """Every page with its name."""
    pool = sentences()
    for name, marked in BLOGS.items():
        random.Random(name).shuffle(pool)
        whole = _MANY.sub(lambda found: "\n".join(_numbered(found)), marked)
        yield name, marked_page(f"<html><head><title>{name}</title></head><body>{whole}</body></html>", pool)


def _numbered(found: re.Match[str]) -> Iterator[str]:
    for number in range(int(found[1])):
        yield found[2].replace("#", str(number + 10))
