//! Every act on a case.

use jiff::civil::Date;

use crate::domain::{
    fields::{Day, HiddenText, IdOrNone, LongText, Name, ShortText},
    protection::{
        person::Ward,
        placing::{Placing, Voice},
        protection_case::action::Assessor,
        words::{Care, GuardianBy, LongGround},
    },
};

yiwang_casework::actions! {
    /// 交接.
    Receive(Receive) = "receive";
    /// 换安置.
    Move(Move) = "move";
    /// 照料.
    Care(GiveCare) = "care";
    /// 儿童身份.
    ChildKnown(ChildKnown) = "child_known";
    /// 评估监护人.
    Assess(Assess) = "assess";
    /// 送回.
    ReturnHome(ReturnHome) = "return_home";
    /// 送回, by the protection case.
    ReturnOrdered(ReturnOrdered) = "return_ordered";
    /// 其他监护人.
    OtherGuardian(OtherGuardian) = "other_guardian";
    /// 转长期监护.
    ToLong(ToLong) = "to_long";
    /// 复核.
    Countersign = "countersign";
    /// 退回.
    SendBack(Reasons) = "send_back";
    /// The child was adopted.
    Adopted(Adopted) = "adopted";
    /// The child died.
    Died(Died) = "child_died";
    /// Eighteen.
    OfAge = "of_age";
}

yiwang_casework::act_data! {
    /// The child is there.
    Receive {
        record: String, "ShortText", "交接单编号", "";
        receiver: String, "ShortText", "接收人", "";
        health: String, "HiddenText", "健康情况", "有伤的写明，先送医。";
    }
    /// To another place.
    Move {
        placing: Placing, "Placing", "安置", "";
        voice: Voice, "Voice", "儿童本人的意见", "";
        reasons: String, "LongText", "理由", "";
    }
    /// Care.
    GiveCare {
        kind: Care, "Care", "做了什么", "";
        words: String, "HiddenText", "情况", "";
    }
    /// Who the child is.
    ChildKnown {
        child: Ward, "Ward", "儿童", "";
    }
    /// Whether the guardian is fit again.
    Assess {
        assessors: Vec<Assessor>, "Vec<Assessor>", "评估人员", "三人以上。";
        fit: bool, "bool", "监护人重新具备履行监护职责的条件", "";
        words: String, "HiddenText", "评估意见", "";
    }
    /// Back to the guardian.
    ReturnHome {
        to: String, "Name", "送回给谁", "";
        relation: String, "ShortText", "和儿童的关系", "";
        record: String, "ShortText", "交接单编号", "";
        voice: Voice, "Voice", "儿童本人的意见", "";
    }
    /// The same, signed in the protection case.
    ReturnOrdered {
        to: String, "Name", "送回给谁", "";
        voice: Voice, "Voice", "儿童本人的意见", "";
        case_number: String, "ShortText", "保护个案", "";
        account: String, "ShortText", "决定人账号", "";
    }
    /// Somebody else becomes guardian.
    OtherGuardian {
        name: String, "Name", "监护人姓名", "";
        id_number: String, "IdOrNone", "监护人身份证号", "";
        relation: String, "ShortText", "和儿童的关系", "";
        by: GuardianBy, "GuardianBy", "怎样确定", "";
        paper: String, "ShortText", "文书编号", "";
        voice: Voice, "Voice", "儿童本人的意见", "";
    }
    /// Into long-term guardianship.
    ToLong {
        ground: LongGround, "LongGround", "长期监护的情形", "";
        paper: String, "ShortText", "证明、判决书编号", "公安机关证明、死亡证明、判决书等。";
        crime: bool, "bool", "监护人对儿童实施过故意犯罪", "";
        placing: Placing, "Placing", "安置", "儿童福利机构收留、抚养，亲属抚养，或者家庭寄养。";
        voice: Voice, "Voice", "儿童本人的意见", "";
    }
    /// Adopted.
    Adopted {
        case_number: String, "ShortText", "收养登记办件", "";
        on: Date, "Day", "登记日期", "";
    }
    /// Died.
    Died {
        died_on: Date, "Day", "死亡日期", "";
        certificate: String, "ShortText", "死亡证明编号", "";
    }
    /// Why.
    Reasons {
        reasons: String, "LongText", "理由", "不写姓名。";
    }
}
