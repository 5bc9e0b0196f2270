//! Every act on a case.

use jiff::civil::Date;
use yiwang_casework::Papers;

use crate::domain::{
    projects::{
        fields::{Day, HiddenText, ShortText, YesNo, Yuan},
        payment::PayTo,
        words::{Adopted, Check, ChildDied, Reasons},
    },
    settled::Settled,
};

yiwang_casework::actions! {
    /// 核实.
    Check(Check) = "check";
    /// 同意.
    Approve(Approve) = "approve";
    /// 不予同意.
    Refuse(Reasons) = "refuse";
    /// 登记治疗.
    Treat(Treat) = "treat";
    /// 报账.
    Bill(Bill) = "bill";
    /// 登记支付.
    Pay(PayTo) = "pay";
    /// 复核支付.
    Sign = "sign";
    /// 作废登记的支付.
    Void(Reasons) = "void";
    /// 取消.
    Cancel(Reasons) = "cancel";
    /// 撤回.
    Withdraw = "withdraw";
    /// The bank has answered.
    PaymentSettled(Settled) = "payment_settled";
    /// The child was adopted.
    Adopted(Adopted) = "adopted";
    /// The child has died.
    ChildDied(ChildDied) = "child_died";
}

yiwang_casework::act_data! {
    /// The county has looked.
    Approve {
        orphan: bool, "YesNo", "已核对孤儿身份", "看认定文书或者孤儿认定办件。";
        named: bool, "YesNo", "已核对是定点医院", "";
    }
    /// The treatment.
    Treat {
        from: Date, "Day", "开始日期", "";
        to: Date, "Day", "结束日期", "";
        findings: String, "HiddenText", "治疗、康复情况", "";
    }
    /// What it cost.
    Bill {
        total: i64, "Yuan", "费用总额", "发票上的合计。";
        insurance: i64, "Yuan", "医保报销", "没有的填0。";
        aid: i64, "Yuan", "医疗救助和其他报销", "没有的填0。";
        invoice: String, "ShortText", "发票号", "";
        papers: Papers, "Papers", "发票和结算单", "";
    }
}
