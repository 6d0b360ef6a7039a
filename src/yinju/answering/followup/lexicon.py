"""The closed classes of words, folded, by which a question is read; jieba's parts of speech tell most others.

What asks, what is asked of a thing, what joins, and values of one kind that stand in each other's place.
"""

ASKING = frozenset(
    """
    什么 甚么 啥 怎么 怎样 怎么样 如何 为什么 为何 为啥 干嘛 干什么 多少 几 几个 几次 几种 几天 几条 几点 几成 哪 哪个
    哪些 哪里 哪儿 哪位 哪种 哪一 哪一个 哪几 哪家 谁 何 何时 何地 何种 多久 是否 是不是 有没有 可不可以 能不能 会不会
    要不要 该不该 多大 多长 多高 多早 多晚 多重 多少度 多少钱 多远 多深 好不好 需不需要 吗 么 呢 吧 嘛 咧 什么样
    哪一年 是什么 怎么办 有何 有什么 什么时候 几时 几岁 几年 会怎样 要怎样
    """.split()
)
"""Words that ask."""

ASPECT = frozenset(
    """
    好处 坏处 缺点 优点 优势 劣势 优缺点 特点 特色 特征 特性 步骤 步 流程 方法 方式 做法 办法 作用 用途 用处 功能 功用
    原因 理由 缘故 目的 意义 意思 定义 含义 涵义 概念 内涵 例子 案例 实例 范例 举例 价格 价钱 价位 费用 成本 预算 售价
    单价 钱 元 块 时间 日期 时候 期限 周期 频率 时长 地点 地址 位置 人数 数量 比例 占比 比率 大小 规模 范围 条件 要求
    标准 规则 规定 规矩 限制 上限 下限 注意 事项 注意事项 风险 问题 挑战 困难 难点 重点 关键 核心 要点 内容 细节 详情
    结果 效果 成果 影响 后果 结论 建议 评价 看法 类型 种类 分类 类别 类 结构 组成 部分 来源 出处 起源 由来 历史 背景
    前景 未来 趋势 现状 对象 人群 受众 名字 名称 全名 简称 别名 作者 公式 算法 算式 折扣 优惠 样子 情况 方面 角色 分工
    职责 区别 差别 差异 关系 联系 顺序 次数 长度 字数 金额 门槛 资格 材料 场合 场景 情境 机制 原理 逻辑 思路 技巧 秘诀
    教训 错误 误区 毛病 不足 弱点 短板 强项 弊端 代价 机会 用法 写法 说法 叫法 玩法 特质 依据 证据 阶段 共同点 相同点
    相同 不同 不同点 不同之处 不一样 共通点 指标 责任 处罚 罚则 效益 收益 收入 利润 名额 年龄 学历 尺寸 颜色 重量 温度
    速度 质量 品质 口碑 证件 文件 资料 手续 电话 手机 分机 号码 邮箱 信箱 传真 email e-mail 网址 帐号 账号 密码 编号
    姓名 工资 薪水 薪资 奖金 补贴 津贴 补助 押金 订金 定金 罚款 罚金 礼金 租金 房租 学费 保费 保额 免赔额 运费 月费
    年费 会费 入会费 材料费 管理费 住宿费 交通费 停车费 清洁费 场地费 服务费 维修费 检验费 电费 水费 车费 餐费 邮费
    手续费 工本费 违约金 保证金 报名费 滞纳金 额度 定额 库存 型号 单位 地方 日子 假期 天数 期数 效期 有效期 保固
    保修期
    """.split()
)
"""What is asked of a topic: it needs an owner, and does not name a topic itself."""

ROLE = frozenset(
    """
    负责人 承办人 联系人 联络人 经办人 经手人 保管人 主持人 召集人 代理人 批准人 签核人 联系窗口 窗口 店长 组长 馆长
    班长 院长 处长 校长 站长 局长 部长 科长 厂长 团长 村长 里长 会长 社长 队长 所长 园长 系主任 董事长 理事长
    总经理 主任 经理 主管 老师 导师 班导 讲师 助教 老板 干事 秘书
    """.split()
)
"""People that something has: asked for like an aspect, and spoken of like a topic."""

PEOPLE = frozenset(
    """
    人 客人 顾客 学生 学员 老人 老人家 长辈 小孩 孩子 儿童 小朋友 未成年 未成年人 成人 大人 孕妇 家长 家属 员工 新人
    新手 朋友 同事 女生 男生 本人 外地人 外国人 残障人士
    """.split()
)
"""People whom anything may concern: they name no topic by themselves."""

VERB = frozenset(
    """
    多 少 差 贵 难 约 搭配 比较 必须 便宜 合适 复杂 容易 成功 有效 简单 重要 起步 产生 代表 利用 办理 区分 总结 收费
    花费 规划 行得通 估 学 指 问 换 用 给 选 批 绑 罚 修 停 延 调 订 赔 缴 领 报 借 还 租 退 收 管 举 买 亏 交 付 住
    做 养 写 出 分 办 加 卖 占 印 发 变 喊 存 定 寄 带 建 开 打 扣 找 拆 拉 拍 拿 挑 挣 排 改 放 查 看 算 聊 花 补 讲
    设 读 谈 赚 走 起 跑 送 投 叫 去 来 到 剩 坐 吃 喝 玩 穿 丢 坏 掉 关 等 载 搬 拖 输 签 盖 试 考 请 帮 挂 进 见 接
    取 填 刷 充 拔 插 洗 擦 晒 烤 煮 炒 喂 遛 骑 搭 转 抽 撕 贴 扫 倒 装 减 审 验 抓 捡 捐 抵 唱 教 背 传 删 推 按 登
    锁 断 连 响 亮 漏 堵 撑 附 完 认 记 戴 摆 泡 配 切 盛 夹 抬 蹲 站 躺 睡 陪 骂 罢 归 要钱 收钱 花钱 免费 发展 管用
    讲究 设置 设计 评估 运作 运用 委托 参观
    """.split()
)
"""What is done with a topic or said of it, besides the common verbs of the dictionary."""

SIZE = frozenset("大 小 高 低 快 慢 长 短 早 晚 好 坏 新 老 旧 冷 热".split())
"""Predicates that stand before a noun in its name: 小程序."""

LITTLE = frozenset(
    """
    最早 最低 最大 最好 最长 最高 至多 讲讲 看看 聊聊 谈谈 细说 这阵子 这年头 近几年 近年 具体 常见 方便 详细 麻烦
    上述 前述 主要 常用 总共 一共 所有 还有 一些 一点 一起 两个 两家 实际 白话 内 时 刚才 平时 正在 例如 比如 比如说
    剩下 只能 叫作 称为 算是 能够 可能 相比 比起 看来 相关 帮忙 当 此 每 外 中 前 后 称 即 如 需 某 其 别 另 各 咱 怎
    先 一直 按 由 因 比 除 随 凭 向 将 则 并 若 便 刚 只 已 必 须 曾 等 应 共 均 皆 起来 下来 出来 真的
    """.split()
)
"""Words that hold a question together, besides those that `text.content_tokens` leaves out."""

JOINING = frozenset("和 跟 与 及 或 还是 以及 或者 或是 同 vs 、 / & ＆".split())
"""What puts two things side by side."""

SUFFIX = frozenset("会 里 点 上 下 号 家 人 中 对 和 过 及 版 证 室 款 班 级 馆 费 票".split())
"""Little words and classes that also end or stand inside names, as in 同乡会."""

STOPS = frozenset(
    """
    是 有 没有 要 还要 还有 能 能够 会 可以 应该 需要 需 在 也 都 还 又 再 就 才 必须 最多 最少 至少 最早 最晚 一共
    总共 到底 大概 分别 该 应 各 各自 只能 可不可以 不能 不用 不可以 不是
    """.split()
)
"""Little words that a predicate begins with: what is asked about stands before them."""

GENERAL = frozenset(
    """
    平台 做法 方法 方式 办法 东西 概念 名词 词 说法 产品 服务 公司 企业 店 店家 商店 品牌 工具 软件 模式 策略 活动
    问题 事情 事 情况 制度 现象 人 话题 理论 模型 指标 数字 技术 系统 机构 组织 团队 项目 计划 方案 观念 行业 工作
    职位 地方 类型 案例 商品 应用 流程 原则 措施 手法 套路 渠道 通路 型号 机器 设备 规定 场 单位 部门
    """.split()
)
"""What 這個 or 該 stands before where it means the topic itself: 該平台."""

MANNER = frozenset("做法 方法 方式 办法 策略 模式 手法 套路 措施 制度 规定 规矩 说法".split())
"""What stands for all that the question before says, not only for its topic: 這種做法."""

FAMILIES = tuple(
    frozenset(line.split())
    for line in """
    平日 假日 周末 国定假日 法定节假日 节假日 休息日 工作日 平常日 上班日 例假日
    本来 原本 原来 后来 现在 目前 以前 之前 之后 以后 最后 当初 一开始 起初 初期 后期 将来 过去 当时
    新 旧 老 新的 旧的 老的 新版 旧版 新制 旧制
    大 中 小 大型 中型 小型 微型
    去程 回程 来回 单程
    上午 下午 早上 中午 晚上 半夜 清晨 傍晚 凌晨 白天 夜间
    """.strip().splitlines()
)
"""Words of which one is said where another stood."""
