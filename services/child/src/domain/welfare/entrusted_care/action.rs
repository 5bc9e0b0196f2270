//! Every act on a case.

use jiff::civil::Date;
use yiwang_casework::Papers;

use super::law::BarCode;
use crate::domain::{
    fields::{Day, HiddenText, LongText, Name, ShortText},
    welfare::child_file::action::{Adopted, ChildDied, CustodyChanged, PersonChanged},
};

yiwang_casework::code_list! {
    /// Who is told in writing.
    Told {
        School = "school", "学校、幼儿园";
        Committee = "committee", "实际居住地村（居）委会";
    }
}

yiwang_casework::code_list! {
    /// How they talked.
    Way {
        Visit = "visit", "见面";
        Video = "video", "视频";
        Phone = "phone", "电话";
    }
}

yiwang_casework::actions! {
    /// 核查被委托人.
    Check(Check) = "check";
    /// 签订协议.
    Sign(Sign) = "sign";
    /// 书面告知.
    Notify(Notify) = "notify";
    /// The parent logs a talk.
    Contact(Contact) = "contact";
    /// The village logs one.
    LogContact(Contact) = "log_contact";
    /// 评估.
    Review(Review) = "review";
    /// 预警.
    Alert(Alert) = "alert";
    /// 恢复.
    Resume(Reasons) = "resume";
    /// 更换.
    Replace(Reasons) = "replace";
    /// 结束.
    End(End) = "end";
    /// 撤回.
    Withdraw = "withdraw";
    /// A week without a talk.
    ContactOverdue = "contact_overdue";
    /// Barred meanwhile.
    CarerBarred(Reasons) = "carer_barred";
    /// Adopted.
    Adopted(Adopted) = "adopted";
    /// Died.
    ChildDied(ChildDied) = "child_died";
    /// A parent or the carer died, …
    PersonChanged(PersonChanged) = "person_changed";
    /// Another one answers for the child.
    CustodyChanged(CustodyChanged) = "custody_changed";
}

yiwang_casework::act_data! {
    /// The carer is looked up.
    Check {
        barred: Vec<BarCode>, "Vec<BarCode>", "依法不能委托的情形", "没有的不选。";
        source: String, "ShortText", "查询回执", "公安、法院等的查询编号。";
        findings: String, "HiddenText", "照护条件", "身体、住房、年龄、收入、与儿童的感情。";
        suitable: bool, "bool", "适合照护这名儿童", "";
    }
    /// The agreement.
    Sign {
        parent_signed: bool, "bool", "委托人已经签字", "";
        carer_signed: bool, "bool", "被委托人已经签字", "";
        witness: String, "Name", "见证人", "村（居）委会人员。";
        signed_on: Date, "Day", "签订日期", "";
        paper: Papers, "Papers", "委托照护协议照片或者扫描件", "";
    }
    /// In writing.
    Notify {
        to: Told, "Told", "告知谁", "";
        receiver: String, "ShortText", "接收人", "";
        on: Date, "Day", "告知日期", "";
    }
    /// At least every week.
    Contact {
        on: Date, "Day", "哪天联系的", "";
        way: Way, "Way", "怎么联系的", "";
        ? said: String, "HiddenText", "儿童、被委托人说了什么", "";
    }
    /// Whether it goes well.
    Review {
        fit: bool, "bool", "适合继续照护", "";
        heard: String, "HiddenText", "儿童自己怎么说", "";
        findings: String, "HiddenText", "评估情况", "";
    }
    /// The carer is not up to it.
    Alert {
        reasons: String, "LongText", "发现的问题", "";
        told: bool, "bool", "已经告知委托人", "";
    }
    /// Why.
    Reasons {
        reasons: String, "LongText", "理由", "";
    }
    /// Back with the parents.
    End {
        back_on: Date, "Day", "哪天接回", "";
        heard: String, "HiddenText", "儿童自己怎么说", "";
        reasons: String, "LongText", "结束原因", "";
    }
}
