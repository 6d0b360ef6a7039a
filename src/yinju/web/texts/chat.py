"""The chat: its words in three languages."""

from dataclasses import dataclass

from yinju.types import Disagreement, ModelFault


@dataclass(frozen=True, slots=True)
class ChatTexts:
    """The chat; names in braces are filled in by `str.format`."""

    placeholder: str
    welcome: str
    ask: str
    label: str
    understood: str
    broken: str
    stop: str
    reading: str
    had_read: str
    unsupported: str
    unsupported_title: str
    unfound: str
    unchecked: str
    number: str
    date: str
    unit: str
    negation: str
    name: str
    unfinished: str
    not_used: str
    no_model: str
    instead: str
    unreachable_model: str
    unauthorised: str
    busy: str
    model_failed: str
    slow: str
    malformed: str
    interrupted: str
    baseless: str
    stopped: str
    retry: str
    undo: str
    unsaved: str
    no_chat: str
    unreadable_chat: str
    edit: str
    copy: str
    copied: str
    helpful: str
    unhelpful: str
    again: str
    next: str
    sources: str

    def fault(self, fault: ModelFault) -> str:
        """Why there is no language model's answer, or not a whole one."""
        return {
            ModelFault.UNREACHABLE: self.unreachable_model, ModelFault.UNAUTHORISED: self.unauthorised,
            ModelFault.BUSY: self.busy, ModelFault.FAILED: self.model_failed, ModelFault.SLOW: self.slow,
            ModelFault.MALFORMED: self.malformed, ModelFault.INTERRUPTED: self.interrupted,
            ModelFault.UNSUPPORTED: self.baseless, ModelFault.STOPPED: self.stopped,
        }[fault]  # fmt: skip

    def said(self, fault: ModelFault) -> str:
        """What the model had said, where there is something else to read instead."""
        return self.not_used if fault is ModelFault.UNSUPPORTED else self.unfinished

    def disagreement(self, disagreement: Disagreement) -> str:
        """What a source does not bear out."""
        return {
            Disagreement.UNFOUND: self.unfound, Disagreement.UNCHECKED: self.unchecked,
            Disagreement.NUMBER: self.number, Disagreement.DATE: self.date, Disagreement.UNIT: self.unit,
            Disagreement.NEGATION: self.negation, Disagreement.NAME: self.name,
        }[disagreement]  # fmt: skip


HANT = ChatTexts(
    placeholder="輸入問題，按 Enter 送出",
    welcome="想知道什麼？問問這些文件。",
    ask="送出",
    label="對話",
    understood="理解為：{question}",
    broken="剛才出了點問題，沒能回答。請再問一次；若一直如此，請看引據的執行紀錄。",
    stop="停止",
    reading="正在讀這些段落：",
    had_read="讀過的段落：",
    unsupported="來源未能證實",
    unsupported_title="這句話請自行核對：{reason}。",
    unfound="文件裡沒有找到這個說法",
    unchecked="這句話沒有說完，還沒核對",
    number="數字和出處對不上",
    date="日期和出處對不上",
    unit="單位和出處對不上",
    negation="肯定或否定和出處相反",
    name="名稱和出處對不上",
    unfinished="回答未完成",
    not_used="模型的回答，未採用",
    no_model="未使用大模型：{reason}。",
    instead="以下是文件裡的原句：",
    unreachable_model="連不上模型伺服器",
    unauthorised="模型伺服器的金鑰不對或沒有設定",
    busy="模型伺服器忙碌中",
    model_failed="模型伺服器出錯",
    slow="模型太久沒有回應",
    malformed="模型的回覆無法使用",
    interrupted="連線中斷，回答不完整",
    baseless="模型說的多半在文件裡沒有根據",
    stopped="已停止",
    retry="重試",
    undo="按原句重問",
    unsaved="歷史未保存：寫不進紀錄檔，這段對話關閉後無法重新打開。請看引據的執行紀錄。",
    no_chat="找不到這段對話，已開始新的對話。",
    unreadable_chat="對話紀錄讀取失敗，已開始新的對話。請看引據的執行紀錄。",
    edit="編輯問題",
    copy="複製答案與出處",
    copied="已複製",
    helpful="有幫助",
    unhelpful="沒有幫助",
    again="重新回答",
    next="接著可以問：",
    sources="出處：",
)


HANS = ChatTexts(
    placeholder="输入问题，按 Enter 发送",
    welcome="想知道什么？问问这些文件。",
    ask="发送",
    label="对话",
    understood="理解为：{question}",
    broken="刚才出了点问题，没能回答。请再问一次；若一直如此，请看引据的运行记录。",
    stop="停止",
    reading="正在读这些段落：",
    had_read="读过的段落：",
    unsupported="来源未能证实",
    unsupported_title="这句话请自行核对：{reason}。",
    unfound="文件里没有找到这个说法",
    unchecked="这句话没有说完，还没核对",
    number="数字和出处对不上",
    date="日期和出处对不上",
    unit="单位和出处对不上",
    negation="肯定或否定和出处相反",
    name="名称和出处对不上",
    unfinished="回答未完成",
    not_used="模型的回答，未采用",
    no_model="未使用大模型：{reason}。",
    instead="以下是文件里的原句：",
    unreachable_model="连不上模型服务器",
    unauthorised="模型服务器的密钥不对或没有设置",
    busy="模型服务器繁忙",
    model_failed="模型服务器出错",
    slow="模型太久没有响应",
    malformed="模型的回复无法使用",
    interrupted="连接中断，回答不完整",
    baseless="模型说的多半在文件里没有根据",
    stopped="已停止",
    retry="重试",
    undo="按原句重问",
    unsaved="历史未保存：写不进记录文件，这段对话关闭后无法重新打开。请看引据的运行记录。",
    no_chat="找不到这段对话，已开始新的对话。",
    unreadable_chat="对话记录读取失败，已开始新的对话。请看引据的运行记录。",
    edit="编辑问题",
    copy="复制答案与出处",
    copied="已复制",
    helpful="有帮助",
    unhelpful="没有帮助",
    again="重新回答",
    next="接着可以问：",
    sources="出处：",
)


ENGLISH = ChatTexts(
    placeholder="Ask in Chinese; Enter sends",
    welcome="What would you like to know from these documents?",
    ask="Send",
    label="Chat",
    understood="Understood as: {question}",
    broken="Something went wrong and there is no answer. Please ask again; if it persists, see Yinju's log.",
    stop="Stop",
    reading="Reading these passages:",
    had_read="The passages read:",
    unsupported="not confirmed by the source",
    unsupported_title="Please check this sentence yourself: {reason}.",
    unfound="the documents say nothing like it",
    unchecked="it broke off before it could be checked",
    number="a number differs from the source",
    date="a date differs from the source",
    unit="a unit differs from the source",
    negation="the source says the opposite",
    name="a name differs from the source",
    unfinished="Unfinished answer",
    not_used="The model's answer, not used",
    no_model="Without the language model: {reason}.",
    instead=" The documents' own sentences:",
    unreachable_model="its server cannot be reached",
    unauthorised="its server wants another key or any at all",
    busy="its server is busy",
    model_failed="its server failed",
    slow="it took too long to respond",
    malformed="its reply cannot be used",
    interrupted="the connection broke and the answer is incomplete",
    baseless="the documents do not bear out most of what it said",
    stopped="Stopped",
    retry="Try again",
    undo="Ask exactly as typed",
    unsaved="History not saved: its file cannot be written, so a closed chat cannot be reopened. See Yinju's log.",
    no_chat="There is no such chat; this is a new one.",
    unreadable_chat="The chat could not be read; this is a new one. See Yinju's log.",
    edit="Edit the question",
    copy="Copy the answer with its sources",
    copied="Copied",
    helpful="Helpful",
    unhelpful="Not helpful",
    again="Answer again",
    next="You could ask next:",
    sources="Sources:",
)
