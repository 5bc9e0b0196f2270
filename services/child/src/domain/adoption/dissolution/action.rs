//! Every act on a dissolution.

use crate::domain::{
    adoption::fields::NameOrNone,
    fields::{HiddenText, LongText, ShortText},
};

yiwang_casework::code_list! {
    /// What the first officer proposes.
    Outcome {
        Dissolve = "dissolve", "准予解除";
        Refuse = "refuse", "不予登记";
    }
}

yiwang_casework::actions! {
    /// 当面确认.
    Agree(Agree) = "agree";
    /// 拟办.
    Propose(Propose) = "propose";
    /// 审批.
    Confirm = "confirm";
    /// 退回.
    SendBack(Reasons) = "send_back";
    /// 撤回.
    Withdraw(Reasons) = "withdraw";
}

yiwang_casework::act_data! {
    /// Reasons.
    Reasons {
        reasons: String, "LongText", "理由", "";
    }
    /// All before the registrar.
    Agree {
        in_person: bool, "bool", "双方一起到场，已核对身份证件", "";
        adopters_agree: bool, "bool", "收养人（夫妻双方）同意解除", "";
        sender_agrees: bool, "bool", "送养人同意解除", "被收养人已成年的不用。";
        adoptee_agrees: bool, "bool", "被收养人同意解除", "未满8周岁的不用。";
        words: String, "HiddenText", "被收养人原话", "太小不能表达的，写明看到的情况。";
        certificate_returned: bool, "bool", "收养登记证已收回", "";
        ? sender: String, "NameOrNone", "送养人姓名或者机构", "办结后封存；被收养人已成年的不填。";
        ? remark: String, "ShortText", "备注", "";
    }
    /// What is to become of it.
    Propose {
        outcome: Outcome, "Outcome", "拟办意见", "";
        reasons: String, "LongText", "理由", "";
    }
}
