//! Every act.

use crate::domain::fields::{LongText, ShortText};

yiwang_casework::actions! {
    /// 查档.
    Found(Found) = "found";
    /// 发证.
    Issue = "issue";
    /// 不予办理.
    Refuse(Reasons) = "refuse";
    /// 撤回.
    Withdraw(Reasons) = "withdraw";
}

yiwang_casework::act_data! {
    /// Reasons.
    Reasons {
        reasons: String, "LongText", "理由", "";
    }
    /// The archive was looked up; it stays closed.
    Found {
        in_person: bool, "bool", "申请人本人到场，已核对身份证件", "";
        archive: String, "ShortText", "档案编号", "系统登记的填收养登记证字号。";
        matches: bool, "bool", "档案与申请一致", "";
    }
}
