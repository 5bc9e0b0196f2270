//! Every act on a case.

use jiff::civil::Date;
use yiwang_casework::Papers;

use super::form::Level;
use crate::domain::{
    projects::{
        fields::{Account, Day, LongText, SchoolYear, ShortText, YesNo},
        words::{Adopted, Check, ChildDied, Reasons},
    },
    settled::Settled,
};

yiwang_casework::actions! {
    /// 核实.
    Check(Check) = "check";
    /// 同意.
    Confirm(Confirm) = "confirm";
    /// 不予资助.
    Refuse(Reasons) = "refuse";
    /// The student asks for another school year.
    AskYear(NextYear) = "ask_year";
    /// An officer enters another school year.
    Renew(NextYear) = "renew";
    /// 登记支付.
    Pay = "pay";
    /// 复核支付.
    Sign = "sign";
    /// 作废登记的支付.
    Void(Reasons) = "void";
    /// 更换账户.
    Account(NewAccount) = "account";
    /// The bank has answered.
    PaymentSettled(Settled) = "payment_settled";
    /// 结束.
    End(End) = "end";
    /// 撤回.
    Withdraw = "withdraw";
    /// The school year is over.
    YearOver = "year_over";
    /// The student was adopted.
    Adopted(Adopted) = "adopted";
    /// The student has died.
    ChildDied(ChildDied) = "child_died";
}

yiwang_casework::act_data! {
    /// The county has looked.
    Confirm {
        orphan: bool, "YesNo", "已核对孤儿身份", "满18周岁以前认定的。";
        at_school: bool, "YesNo", "已核对学籍", "向学校或者教育部门核对。";
    }
    /// Another school year.
    NextYear {
        school_year: i16, "SchoolYear", "学年", "填学年开始的年份。";
        school: String, "ShortText", "学校", "";
        level: Level, "Level", "学校种类", "";
        full_time: bool, "YesNo", "全日制", "";
        proof: Papers, "Papers", "在校证明", "学校开的在校证明，或者学籍报告。";
    }
    /// The student's own.
    NewAccount {
        bank: String, "ShortText", "开户银行", "";
        account: String, "Account", "本人银行账号", "只能发到学生本人的账户。";
    }
    /// Study has ended.
    End {
        on: Date, "Day", "结束上学的日期", "毕业、退学的日期。";
        reasons: String, "LongText", "原因", "";
    }
}
