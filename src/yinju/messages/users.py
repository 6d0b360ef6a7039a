"""Logging in, the menu of an account, and what is refused."""

SENTENCES = {
    "request.login": (
        "請先登入。程式請用權杖：Authorization: Bearer …（yinju users token 名稱）。",
        "请先登录。程序请用令牌：Authorization: Bearer …（yinju users token 名称）。",
        "Log in first. A program sends a token: Authorization: Bearer … (yinju users token NAME).",
    ),
    "request.role": (
        "您的帳號不能這樣做；請管理員調整角色。", "您的账号不能这样做；请管理员调整角色。",
        "Your account may not do this; ask an administrator for another role.",
    ),
    "request.closed": (
        "這只能在執行引據的這部電腦上做，對外開放或唯讀時不能。",
        "这只能在运行引据的这台电脑上做，对外开放或只读时不能。",
        "This is done at the machine that runs Yinju, where the page is neither public nor read-only.",
    ),
    "request.users": (
        "使用者檔案讀不出來，暫時誰都不能進來；請看引據的執行紀錄。",
        "用户文件读不出来，暂时谁都不能进来；请看引据的运行记录。",
        "The file of users cannot be read, so nobody is let in for now; see Yinju’s log.",
    ),
    "users.login": ("登入", "登录", "Log in"),
    "users.by_issuer": ("用公司帳號登入", "用公司账号登录", "Log in by single sign-on"),
    "users.name": ("名稱", "名称", "Name"),
    "users.password": ("密碼", "密码", "Password"),
    "users.logout": ("登出", "登出", "Log out"),
    "users.menu": ("使用者 {name}", "用户 {name}", "User {name}"),
    "users.change": ("更改密碼", "更改密码", "Change password"),
    "users.present": ("現在的密碼", "现在的密码", "Current password"),
    "users.new": (
        "新密碼（至少 {least} 個字）", "新密码（至少 {least} 个字）", "New password (at least {least} characters)"
    ),
    "users.again": ("再輸入一次", "再输入一次", "New password again"),
    "users.save": ("儲存", "保存", "Save"),
    "users.back": ("回到引據", "回到引据", "Back to Yinju"),
    "users.no_password": (
        "這個帳號不用密碼登入。", "这个账号不用密码登录。", "This account does not log in by a password."
    ),
    "users.nothing_open": (
        "還沒有文件庫對您開放；請管理員開放一個。", "还没有文档库对您开放；请管理员开放一个。",
        "No library is open to you yet; ask an administrator to open one.",
    ),
    "role.reader": ("讀者", "读者", "reader"),
    "role.editor": ("編輯", "编辑", "editor"),
    "role.admin": ("管理員", "管理员", "admin"),
    "help.users": (
        "管理使用者：新增、停用、移除、改密碼與角色、權杖，以及誰能開哪個文件庫。",
        "管理用户：新增、停用、移除、改密码与角色、令牌，以及谁能打开哪个文档库。",
        "Look after users: add, disable and remove them, their passwords, roles and tokens, and who may open which "
        "library.",
    ),
    "help.users.act": (
        "list、add、remove、passwd、token、disable、enable、role、group、allow、deny 其一",
        "list、add、remove、passwd、token、disable、enable、role、group、allow、deny 其一",
        "list, add, remove, passwd, token, disable, enable, role, group, allow or deny",
    ),
    "help.users.names": (
        "使用者的名稱和其後的角色、群組等；allow 與 deny 先寫文件庫，再寫名稱或 @群組，@everyone 是所有人",
        "用户的名称和其后的角色、群组等；allow 与 deny 先写文档库，再写名称或 @群组，@everyone 是所有人",
        "name of the user, then role, groups and so on; for allow and deny the library, then names or @groups, "
        "@everyone being all users",
    ),
    "help.users.role": (
        "add 的角色：reader 只問和看，editor 也改文件，admin 也改設定與使用者",
        "add 的角色：reader 只问和看，editor 也改文档，admin 也改设置与用户",
        "role for add: reader asks and reads, editor changes documents too, admin also settings and users",
    ),
    "help.users.password_stdin": (
        "從標準輸入讀密碼（一行），不在終端機問", "从标准输入读密码（一行），不在终端问",
        "read the password, one line, from standard input instead of asking at the terminal",
    ),
    "help.users.no_password": (
        "add 時不設密碼：只由反向代理或別的服務登入", "add 时不设密码：只由反向代理或别的服务登录",
        "add without a password: to come in by a reverse proxy or another service alone",
    ),
    "name.role": ("角色", "角色", "ROLE"),
    "user.ask": ("{name} 的密碼：", "{name} 的密码：", "Password of {name}: "),
    "user.ask_again": ("再輸入一次：", "再输入一次：", "Again: "),
    "user.removed": ("已移除「{name}」。", "已移除“{name}”。", "Removed “{name}”."),
    "user.disabled": ("停用", "停用", "disabled"),
    "user.token": (
        "「{name}」的權杖，只顯示這一次：", "“{name}”的令牌，只显示这一次：", "Token of “{name}”, shown this once:"
    ),
    "user.revoked": ("已撤銷 {token}。", "已撤销 {token}。", "Revoked {token}."),
    "user.allowed": ("「{library}」開放給：{names}", "“{library}”开放给：{names}", "“{library}” is open to: {names}"),
    "user.allowed.none": (
        "「{library}」只開放給管理員。", "“{library}”只开放给管理员。", "“{library}” is open to admins alone."
    ),
}  # fmt: skip
