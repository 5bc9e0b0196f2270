//! Every act on a declaration, with what must be said in it.

use jiff::civil::Date;

use crate::domain::fields::{Day, LongText, ShortText};

yiwang_casework::actions! {
    /// 核对登记.
    Check(Check) = "check";
    /// 退回.
    ReturnPaper(Reasons) = "return_paper";
    /// 登记撤销判决.
    AskCancel(Cancellation) = "ask_cancel";
    /// 同意撤销.
    Cancel(Check) = "cancel";
    /// 不同意撤销.
    Keep(Reasons) = "keep";
}

yiwang_casework::act_data! {
    /// A second person has held the judgment in hand.
    Check {
        checked: bool, "bool", "已对照判决书原件核对人民法院、案号、日期和被宣告死亡人，全部一致，判决已经生效", "";
    }
}
yiwang_casework::act_data! {
    /// The judgment that cancels the declaration (民法典 50).
    Cancellation {
        court: String, "ShortText", "作出撤销判决的人民法院", "写全称。";
        number: String, "ShortText", "撤销判决书案号", "";
        judged_on: Date, "Day", "撤销判决作出日期", "";
    }
}
yiwang_casework::act_data! {
    /// Written reasons.
    Reasons { reasons: String, "LongText", "理由", ""; }
}
