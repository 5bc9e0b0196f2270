//! Every act on a foster family.

use crate::domain::{
    adoption::people::Adoptee,
    fields::{Day, HiddenText, LongText, ShortText},
    settled::Settled,
};

yiwang_casework::code_list! {
    /// Why it ends.
    Why {
        Agreement = "agreement", "协议到期或者双方同意";
        Unfit = "unfit", "家庭不再符合条件";
        Harm = "harm", "儿童受到侵害或者不适应";
        Home = "home", "回到父母、亲属身边";
        Adult = "adult", "年满18周岁";
        Other = "other", "其他";
    }
}

yiwang_casework::actions! {
    /// 评估.
    Assess(Assess) = "assess";
    /// 开始融合.
    StartTrial(Box<StartTrial>) = "start_trial";
    /// 结束融合.
    EndTrial(EndTrial) = "end_trial";
    /// 签协议.
    Agree(Agree) = "agree";
    /// 安置.
    Place(Place) = "place";
    /// 登记劳务费账户.
    Account(Account) = "account";
    /// The bank has answered.
    PaymentSettled(Settled) = "payment_settled";
    /// 探访.
    Visit(Visit) = "visit";
    /// 结束寄养.
    End(End) = "end";
    /// 不符合条件.
    Refuse(Reasons) = "refuse";
    /// 撤回.
    Withdraw(Reasons) = "withdraw";
    /// 儿童被收养.
    Adopted(Adopted) = "adopted";
    /// 儿童死亡.
    ChildDied(ChildDied) = "child_died";
}

yiwang_casework::act_data! {
    /// Reasons.
    Reasons {
        reasons: String, "LongText", "理由", "";
    }
    /// At their home.
    Assess {
        local: bool, "bool", "本地户口、本地固定住所", "";
        healthy: bool, "bool", "家庭成员没有传染病、精神障碍等", "看健康证明。";
        clean: bool, "bool", "家庭成员没有犯罪记录、不良嗜好", "看公安机关证明。";
        agreed: bool, "bool", "家庭成员都同意", "";
        findings: String, "HiddenText", "上门评估情况", "";
    }
    /// The child comes to try.
    StartTrial {
        child: Adoptee, "Adoptee", "儿童", "民政部门监护的儿童。";
        home: String, "ShortText", "监护的儿童福利机构", "";
        on: String, "Day", "开始日期", "";
        words: String, "HiddenText", "儿童的意见", "原话；太小不能表达的，写明看到的情况。";
    }
    /// Of the main carer, for the fee.
    Account {
        bank: String, "ShortText", "开户银行", "";
        account: String, "crate::domain::projects::fields::Account", "主要照料人的银行账号", "只能是主要照料人本人的账户。";
    }
    /// How it went.
    EndTrial {
        on: String, "Day", "结束日期", "";
        good: bool, "bool", "融合良好", "";
        words: String, "HiddenText", "儿童的意见", "原话；太小不能表达的，写明看到的情况。";
        findings: String, "HiddenText", "融合情况", "";
    }
    /// 寄养协议.
    Agree {
        number: String, "ShortText", "协议编号", "";
        until: String, "Day", "协议到期日", "";
        signed: bool, "bool", "儿童福利机构和家庭都已签字", "";
    }
    /// Into the family.
    Place {
        on: String, "Day", "入户日期", "";
        receiver: String, "ShortText", "接收人", "";
    }
    /// Regularly.
    Visit {
        seen: bool, "bool", "见到儿童本人", "";
        alone: bool, "bool", "单独和儿童谈话", "太小不能表达的选“否”。";
        findings: String, "HiddenText", "探访情况", "身体、吃住、上学、心情，儿童怎么说。";
        ? problems: String, "LongText", "要家庭改正的", "没有的不填。";
    }
    /// Back to the institution.
    End {
        why: Why, "Why", "原因", "";
        on: String, "Day", "结束日期", "";
        words: String, "HiddenText", "儿童的意见", "原话；太小不能表达的，写明看到的情况。";
        to: String, "ShortText", "儿童去哪里", "不能没有人照料：写明接收的机构或者人。";
    }
    /// From the register of adoptions.
    Adopted {
        case_number: String, "ShortText", "办件编号", "";
        on: String, "Day", "收养登记日期", "";
    }
    /// From the register of deaths.
    ChildDied {
        died_on: String, "Day", "死亡日期", "";
        certificate: String, "ShortText", "死亡证明编号", "";
    }
}
