//! Every act on a case.

use jiff::civil::Date;
use yiwang_casework::{Papers, Photos};

use super::form::Department;
use crate::domain::fields::{Day, LongText, Name, ShortText};

yiwang_casework::code_list! {
    /// What is put on record.
    RecordKind {
        Scene = "scene", "现场检查（勘验）";
        Inquiry = "inquiry", "询问";
        Evidence = "evidence", "调取证据、抽样";
        Delivery = "delivery", "送达";
        Execution = "execution", "执行";
    }
}

yiwang_casework::code_list! {
    /// How.
    Medium {
        Written = "written", "文字记录";
        Audio = "audio", "录音";
        Video = "video", "录像（执法记录仪）";
    }
}

yiwang_casework::code_list! {
    /// What is decided.
    Measure {
        Order = "order", "责令改正";
        Warning = "warning", "警告";
        Fine = "fine", "罚款";
        Confiscate = "confiscate", "没收违法所得、用品";
        Suspend = "suspend", "责令停业整顿";
        Demolish = "demolish", "依法强制拆除、代履行";
    }
}

yiwang_casework::code_list! {
    /// How it was carried out.
    PerformanceKind {
        Own = "own", "当事人自行履行";
        Substitute = "substitute", "代履行";
        Court = "court", "申请人民法院强制执行";
    }
}

impl Measure {
    /// A penalty 行政处罚 (行政处罚法 9).
    #[must_use]
    pub fn is_penalty(self) -> bool {
        matches!(
            self,
            Self::Warning | Self::Fine | Self::Confiscate | Self::Suspend
        )
    }
}

yiwang_casework::actions! {
    /// 联合执法部门.
    Join(Joining) = "join";
    /// 执法记录, first signature.
    Record(Record) = "record";
    /// 第二名执法人员.
    Countersign = "countersign";
    /// 作废待签字的记录.
    Discard(Reasons) = "discard";
    /// 事先告知.
    Inform(Notice) = "inform";
    /// 陈述申辩.
    Statement(Statement) = "statement";
    /// 法制审核.
    Review(Review) = "review";
    /// 决定.
    Decide(Ruling) = "decide";
    /// 公示.
    Publish(Publicity) = "publish";
    /// 履行、执行.
    Perform(Performance) = "perform";
    /// 不予处罚、撤销立案.
    Dismiss(Reasons) = "dismiss";
    /// 移送.
    Transfer(Transfer) = "transfer";
}

yiwang_casework::act_data! {
    /// Who takes part.
    Joining {
        department: Department, "Department", "参加部门", "";
        name: String, "Name", "联系人", "";
        task: String, "ShortText", "分工", "";
    }
}
yiwang_casework::act_data! {
    /// A step of the case, on record.
    Record {
        kind: RecordKind, "RecordKind", "记录种类", "";
        medium: Medium, "Medium", "记录方式", "强制拆除等全程录像。";
        on: Date, "Day", "日期", "";
        place: String, "ShortText", "地点", "";
        number: String, "ShortText", "记录编号", "文书或者音像档案的编号。";
        content: String, "LongText", "内容", "";
        ? scans: Papers, "Papers", "照片、笔录扫描件", "现场照片、签过字的笔录。录音录像存执法档案，写明编号。";
    }
}
yiwang_casework::act_data! {
    /// Why.
    Reasons { reasons: String, "LongText", "理由", ""; }
}
yiwang_casework::act_data! {
    /// What the party is told before the decision.
    Notice {
        facts: String, "LongText", "查明的事实和证据", "";
        grounds: String, "LongText", "法律依据", "写明法规名称和条款。";
        measure: Measure, "Measure", "拟作出的决定", "";
        content: String, "LongText", "具体内容", "";
        ? fine_fen: i64, "i64", "罚款金额（分）", "不罚款的填0。";
    }
}
yiwang_casework::act_data! {
    /// What the party says.
    Statement {
        said: String, "LongText", "陈述、申辩内容", "放弃的，写明放弃。";
        hearing: bool, "bool", "要求听证", "";
        adopted: bool, "bool", "采纳", "";
        answer: String, "LongText", "复核意见", "不采纳的写明理由。";
    }
}
yiwang_casework::act_data! {
    /// By somebody who took no part.
    Review {
        agree: bool, "bool", "审核通过", "主体、权限、事实、证据、依据、程序、裁量都没有问题。";
        opinion: String, "LongText", "审核意见", "";
    }
}
yiwang_casework::act_data! {
    /// The decision.
    Ruling {
        document: String, "ShortText", "决定书文号", "";
        content: String, "LongText", "决定内容", "";
        perform_days: u32, "u32", "履行期限（天）", "";
    }
}
yiwang_casework::act_data! {
    /// Where it is published.
    Publicity { place: String, "ShortText", "公示平台", "政府网站、执法公示平台等。"; }
}
yiwang_casework::act_data! {
    /// Carried out.
    Performance {
        kind: PerformanceKind, "PerformanceKind", "履行方式", "";
        on: Date, "Day", "完成日期", "";
        record: String, "LongText", "履行情况", "";
        ? photo: Photos, "Photos", "履行后的照片", "拆除、恢复原状的拍现场。";
    }
}
yiwang_casework::act_data! {
    /// To whom it belongs.
    Transfer {
        office: String, "ShortText", "接收单位", "";
        document: String, "ShortText", "移送文书文号", "";
        reasons: String, "LongText", "移送理由", "";
    }
}
