"""What is said of users, of logging in, and of what an account may not do, in the three languages' order."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    "user.name": (
        "{found} 不能當名稱：應為看得見的字，不以 @ 開頭；請換一個。",
        "{found} 不能当名称：应为看得见的字，不以 @ 开头；请换一个。",
        "{found} cannot be a name: expected characters that show, the first not @; choose another.",
    ),
    "user.long": (
        "名稱有 {length} 個字，上限是 {limit} 個字；請取短一點的。",
        "名称有 {length} 个字，上限是 {limit} 个字；请取短一点的。",
        "The name has {length} characters, at most {limit} are taken; choose a shorter one.",
    ),
    "user.password": (
        "密碼有 {length} 個字，應為 {least} 到 {most} 個字；請換一個。",
        "密码有 {length} 个字，应为 {least} 到 {most} 个字；请换一个。",
        "The password has {length} characters, expected {least} to {most}; choose another.",
    ),
    "user.differ": (
        "兩次輸入的密碼不同；請再輸入一次。",
        "两次输入的密码不同；请再输入一次。",
        "The two passwords are not the same; write them again.",
    ),
    "user.no_terminal": (
        "這裡沒有終端機可以輸入密碼；請從標準輸入給：yinju users {act} {name} --password-stdin < 檔案",
        "这里没有终端可以输入密码；请从标准输入给：yinju users {act} {name} --password-stdin < 文件",
        "There is no terminal to ask for the password; give it by standard input: "
        "yinju users {act} {name} --password-stdin < FILE",
    ),
    "user.taken": (
        "已經有一個使用者叫「{name}」；請換一個名稱，yinju users list 列出所有使用者。",
        "已经有一个用户叫“{name}”；请换一个名称，yinju users list 列出所有用户。",
        "There is a user called “{name}” already; choose another name. yinju users list lists them all.",
    ),
    "user.unknown": (
        "沒有「{found}」這個使用者；yinju users list 列出所有使用者。",
        "没有“{found}”这个用户；yinju users list 列出所有用户。",
        "There is no user “{found}”; yinju users list lists them all.",
    ),
    "user.role": (
        "「{found}」不是角色，應為 reader、editor 或 admin；例如 yinju users role {name} editor",
        "“{found}”不是角色，应为 reader、editor 或 admin；例如 yinju users role {name} editor",
        "“{found}” is no role, expected reader, editor or admin; such as yinju users role {name} editor",
    ),
    "user.no_token": (
        "「{name}」沒有以 {found} 開頭的權杖；yinju users token {name} list 列出他的權杖。",
        "“{name}”没有以 {found} 开头的令牌；yinju users token {name} list 列出他的令牌。",
        "“{name}” has no token that begins with {found}; yinju users token {name} list lists them.",
    ),
    "user.file": (
        "使用者檔案 {path} 讀寫失敗（{why}），誰都不能進來；請檢查權限與磁碟，或從備份復原。",
        "用户文件 {path} 读写失败（{why}），谁都不能进来；请检查权限与磁盘，或从备份恢复。",
        "The file of users, {path}, cannot be read or written ({why}), so nobody is let in; check its rights and the "
        "disk, or bring it back from a backup.",
    ),
    "user.gone": (
        "使用者檔案 {path} 不見了，誰都不能進來；請從備份復原，真的不要使用者就重新啟動。",
        "用户文件 {path} 不见了，谁都不能进来；请从备份恢复，真的不要用户就重新启动。",
        "The file of users, {path}, is gone, so nobody is let in; bring it back from a backup, or start again to do "
        "without users.",
    ),
    "user.may_not": (
        "您的帳號不能這樣做；請管理員調整角色。",
        "您的账号不能这样做；请管理员调整角色。",
        "Your account may not do this; ask an administrator for another role.",
    ),
    "user.reads": (
        "您的帳號可以問和看；要改文件，請管理員調整角色。",
        "您的账号可以问和看；要改文档，请管理员调整角色。",
        "Your account asks and reads; to change documents, ask an administrator for another role.",
    ),
    "login.wrong": (
        "名稱或密碼不對；請再試一次。",
        "名称或密码不对；请再试一次。",
        "Name or password is wrong; try again.",
    ),
    "login.wait": (
        "登入失敗太多次；請等 {seconds} 秒再試。",
        "登录失败太多次；请等 {seconds} 秒再试。",
        "Too many attempts have failed; wait {seconds} s, then try again.",
    ),
    "login.busy": (
        "太多人正在登入；請等 {seconds} 秒再試。",
        "太多人正在登录；请等 {seconds} 秒再试。",
        "Too many people are logging in; wait {seconds} s, then try again.",
    ),
    "login.unknown": (
        "「{name}」不是這裡的使用者，或者已停用；請管理員加入：yinju users add {name} --no-password",
        "“{name}”不是这里的用户，或者已停用；请管理员加入：yinju users add {name} --no-password",
        "“{name}” is no user here, or was disabled; ask an administrator: yinju users add {name} --no-password",
    ),
    "login.header": (
        "YINJU_LOGIN_HEADER={found} 要由代理來給，但沒有受信任的代理；請設定代理的位址："
        "YINJU_TRUSTED_PROXIES=127.0.0.1 make chat",
        "YINJU_LOGIN_HEADER={found} 要由代理来给，但没有受信任的代理；请设置代理的地址："
        "YINJU_TRUSTED_PROXIES=127.0.0.1 make chat",
        "YINJU_LOGIN_HEADER={found} is for a proxy to give, but none is trusted; set its address: "
        "YINJU_TRUSTED_PROXIES=127.0.0.1 make chat",
    ),
    "login.roles": (
        "YINJU_LOGIN_ROLES 裡的 {found} 看不懂；應為 群組=角色，角色是 reader、editor 或 admin，以逗號分隔："
        "YINJU_LOGIN_ROLES=staff=editor,it=admin make chat",
        "YINJU_LOGIN_ROLES 里的 {found} 看不懂；应为 群组=角色，角色是 reader、editor 或 admin，以逗号分隔："
        "YINJU_LOGIN_ROLES=staff=editor,it=admin make chat",
        "YINJU_LOGIN_ROLES has {found}, expected group=role, the role being reader, editor or admin, parted by commas: "
        "YINJU_LOGIN_ROLES=staff=editor,it=admin make chat",
    ),
    "oidc.issuer": (
        "YINJU_OIDC_ISSUER={found} 不能用；應為 https:// 開頭的完整位址（本機可用 http://）："
        "YINJU_OIDC_ISSUER=https://login.example make chat",
        "YINJU_OIDC_ISSUER={found} 不能用；应为 https:// 开头的完整地址（本机可用 http://）："
        "YINJU_OIDC_ISSUER=https://login.example make chat",
        "YINJU_OIDC_ISSUER={found} cannot be used; expected a whole address that begins https://, or http:// on this "
        "machine: YINJU_OIDC_ISSUER=https://login.example make chat",
    ),
    "oidc.client": (
        "設了 YINJU_OIDC_ISSUER，卻沒有 YINJU_OIDC_CLIENT_ID；請填登入服務給這個網頁的代號："
        "YINJU_OIDC_CLIENT_ID=yinju make chat",
        "设了 YINJU_OIDC_ISSUER，却没有 YINJU_OIDC_CLIENT_ID；请填登录服务给这个网页的代号："
        "YINJU_OIDC_CLIENT_ID=yinju make chat",
        "YINJU_OIDC_ISSUER is set and YINJU_OIDC_CLIENT_ID is not; give what the issuer knows this service by: "
        "YINJU_OIDC_CLIENT_ID=yinju make chat",
    ),
    "oidc.unreachable": (
        "登入服務 {issuer} 沒有給出能用的回應（{why}）；請稍後再試，或請管理員檢查 YINJU_OIDC_ISSUER。",
        "登录服务 {issuer} 没有给出能用的响应（{why}）；请稍后再试，或请管理员检查 YINJU_OIDC_ISSUER。",
        "The service to log in by, {issuer}, gave no response of use ({why}); try again later, or ask an administrator "
        "to check YINJU_OIDC_ISSUER.",
    ),
    "oidc.refused": (
        "登入服務沒有讓您登入（{why}）；請再試一次，或請管理員查看。",
        "登录服务没有让您登录（{why}）；请再试一次，或请管理员查看。",
        "The service did not log you in ({why}); try again, or ask an administrator.",
    ),
    "oidc.stale": (
        "這次登入已經用過、太久或不是從這裡開始的；請重新登入。",
        "这次登录已经用过、太久或不是从这里开始的；请重新登录。",
        "This login was used already, took too long or did not begin here; log in again.",
    ),
    "oidc.token": (
        "登入服務說的話不能採信（{why}）；請再試一次，或請管理員檢查 YINJU_OIDC_ 開頭的設定。",
        "登录服务说的话不能采信（{why}）；请再试一次，或请管理员检查 YINJU_OIDC_ 开头的设置。",
        "What the service says does not hold ({why}); try again, or ask an administrator to check the settings that "
        "begin YINJU_OIDC_.",
    ),
    "oidc.unnamed": (
        "登入服務沒有說您是誰：沒有可用的 {claim}；請管理員檢查 YINJU_OIDC_NAME_CLAIM 與 YINJU_OIDC_SCOPES。",
        "登录服务没有说您是谁：没有可用的 {claim}；请管理员检查 YINJU_OIDC_NAME_CLAIM 与 YINJU_OIDC_SCOPES。",
        "The service does not say who you are: there is no {claim} of use; ask an administrator to check "
        "YINJU_OIDC_NAME_CLAIM and YINJU_OIDC_SCOPES.",
    ),
    "proxy.listed": (
        "YINJU_TRUSTED_PROXIES 裡的 {found} 不是 IP 位址或網段；應以逗號分隔，"
        "例如 YINJU_TRUSTED_PROXIES=127.0.0.1,10.0.0.0/8 make chat",
        "YINJU_TRUSTED_PROXIES 里的 {found} 不是 IP 地址或网段；应以逗号分隔，"
        "例如 YINJU_TRUSTED_PROXIES=127.0.0.1,10.0.0.0/8 make chat",
        "YINJU_TRUSTED_PROXIES has {found}, which is no IP address or network; expected those, parted by commas: "
        "YINJU_TRUSTED_PROXIES=127.0.0.1,10.0.0.0/8 make chat",
    ),
    "call.users": (
        "「yinju users {found}」不是這樣用；應為：list、add 名稱、remove 名稱、passwd 名稱、disable 名稱、enable 名稱、"
        "role 名稱 角色、group 名稱 [群組…]、token 名稱 [list｜revoke 開頭]、allow 文件庫 名稱…、deny 文件庫 名稱…；"
        "說明：yinju users --help",
        "“yinju users {found}”不是这样用；应为：list、add 名称、remove 名称、passwd 名称、disable 名称、enable 名称、"
        "role 名称 角色、group 名称 [群组…]、token 名称 [list｜revoke 开头]、allow 文档库 名称…、deny 文档库 名称…；"
        "说明：yinju users --help",
        "`yinju users {found}` is no call; expected list, add NAME, remove NAME, passwd NAME, disable NAME, "
        "enable NAME, role NAME ROLE, group NAME [GROUP …], token NAME [list | revoke BEGINNING], "
        "allow LIBRARY NAME …, or deny LIBRARY NAME …; help: yinju users --help",
    ),
}
