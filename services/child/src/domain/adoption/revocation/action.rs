//! Every act on a revocation.

use crate::domain::fields::{HiddenText, LongText};

yiwang_casework::code_list! {
    /// Who is heard.
    Side {
        Adopters = "adopters", "收养人";
        Senders = "senders", "送养人";
        Child = "child", "被收养人";
    }
}

yiwang_casework::code_list! {
    /// What the first officer proposes.
    Outcome {
        Revoke = "revoke", "撤销登记";
        Keep = "keep", "不予撤销";
    }
}

yiwang_casework::actions! {
    /// 听取意见.
    Hear(Hear) = "hear";
    /// 拟办.
    Propose(Propose) = "propose";
    /// 审批.
    Confirm = "confirm";
    /// 退回.
    SendBack(Reasons) = "send_back";
}

yiwang_casework::act_data! {
    /// Reasons.
    Reasons {
        reasons: String, "LongText", "理由", "";
    }
    /// What they say.
    Hear {
        side: Side, "Side", "谁", "";
        told: bool, "bool", "已告知拟撤销的事实、理由和陈述申辩的权利", "";
        absent: bool, "bool", "通知后没有到场", "到场的选“否”。";
        words: String, "HiddenText", "陈述和申辩", "没有到场的，写明怎样通知的。不写送养人姓名。";
    }
    /// What is to become of it.
    Propose {
        outcome: Outcome, "Outcome", "拟办意见", "";
        reasons: String, "LongText", "查明的事实和理由", "不写送养人姓名。";
    }
}
