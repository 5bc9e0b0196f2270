//! Every act on a case.

use jiff::civil::Date;
use yiwang_casework::Papers;
use yiwang_civic::{money::Fen, time::Month};

use super::{
    form::Account,
    shared::Answer,
    words::{Finding, Method, Outcome, Paper},
};
use crate::domain::{
    entitlements::law::{Benefit, Upbringing, month::EndReason, payee::PayeeKind},
    fields::{Day, DayOrNone, HiddenText, IdOrNone, LongText, Phone, ShortText},
};

yiwang_casework::field_kinds! {
    /// A month `2026-06`.
    MonthText => { "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$" };
    /// Amount in fen, written in yuan.
    Yuan => { "type": "integer", "minimum": 0, "maximum": 100_000_000_i64, "x-widget": "yuan" };
    /// Name of a person, or nothing.
    NameText => { "type": "string", "maxLength": 100, "x-mask": "name" };
    /// Bank account number.
    AccountText => { "type": "string", "maxLength": 40, "x-widget": "bank_account",
        "x-mask": "bank_account" };
}

yiwang_casework::actions! {
    /// 补充.
    Supplement(Supplement) = "supplement";
    /// 撤回.
    Withdraw = "withdraw";
    /// 报告变化.
    Report(Report) = "report_change";
    /// 换账号.
    ChangeAccount(ChangeAccount) = "change_account";
    /// 一次性告知.
    AskPapers(AskPapers) = "ask_papers";
    /// 转户籍地.
    Forward = "forward";
    /// 告知结果.
    Tell(Tell) = "tell_result";
    /// 再次核对数据.
    Compare = "compare";
    /// 更正信息.
    Correct(Correct) = "correct";
    /// 应急救助.
    Aid(Aid) = "emergency_aid";
    /// 查验意见.
    Verify(Verify) = "verify";
    /// 初审.
    Propose(Propose) = "propose";
    /// 改变领取人.
    ProposePayee(ProposePayee) = "propose_payee";
    /// 第二人决定.
    Decide(Propose) = "decide";
    /// 退回重新查验.
    SendBack(Reasons) = "send_back";
    /// 签订协议.
    Agreement(Agreement) = "agreement";
    /// 录入全国系统.
    National(National) = "enter_national";
    /// 核实就学.
    School(SchoolCheck) = "school_check";
    /// 开始复核.
    StartRecheck(Reasons) = "start_recheck";
    /// 复核意见.
    Recheck(Recheck) = "recheck";
    /// 暂停.
    Suspend(Reasons) = "suspend";
    /// 恢复.
    Resume(Reasons) = "resume";
    /// 追回.
    Recover(Recover) = "recover";
    /// The departments answer.
    Compared(Answer) = "compared";
    /// The month's comparison is due.
    CompareDue = "compare_due";
    /// Of age, or a year after the last look at school.
    AdultDue = "adult_due";
    /// Somebody around the child changed.
    PersonChanged(PersonChanged) = "person_changed";
    /// Another benefit began, changed, or ended.
    AidChanged(AidChanged) = "aid_changed";
    /// Who looks after the child changed.
    CustodyChanged(CustodyChanged) = "custody_changed";
    /// The child was adopted.
    Adopted(Adopted) = "adopted";
    /// The child died.
    ChildDied(ChildDied) = "child_died";
    /// The bank has settled a payment.
    PaymentSettled(PaymentSettled) = "payment_settled";
}

yiwang_casework::act_data! {
    /// Why.
    Reasons {
        reasons: String, "LongText", "理由", "";
    }
    /// What was asked for.
    Supplement {
        note: String, "LongText", "补充说明", "写明补充了什么；没有这种证明的，写明原因。";
        ? papers: Papers, "Papers", "证明材料", "照片或者扫描件。";
    }
    /// What has changed.
    Report {
        what: String, "HiddenText", "有什么变化", "例如：父亲刑满释放、母亲回家、孩子换了照料人。";
        on: Date, "Day", "从哪天起", "";
    }
    /// Another account of the same person.
    ChangeAccount {
        holder: String, "NameText", "户名", "和原来的领取人相同；换人领取请联系乡镇（街道）。";
        bank: String, "ShortText", "开户银行", "";
        account: String, "AccountText", "账号", "";
    }
    /// Once, everything.
    AskPapers {
        papers: Vec<Paper>, "Vec<Paper>", "要补充的材料", "部门数据里查得到的不要再要。";
        reasons: String, "LongText", "说明", "写清楚缺什么、怎么补。";
    }
    /// The applicant was told.
    Tell {
        on: Date, "Day", "告知日期", "";
        how: String, "ShortText", "告知方式", "例如：电话、当面、短信。";
    }
    /// What was wrong on the form.
    Correct {
        reasons: String, "LongText", "更正理由", "";
        ? child_number: String, "IdOrNone", "孩子身份证号", "不改的不填。";
        ? upbringing: Option<Upbringing>, "Option<Upbringing>", "养育方式", "不改的不选。";
        ? father_number: String, "IdOrNone", "父亲身份证号", "不改的不填。";
        ? mother_number: String, "IdOrNone", "母亲身份证号", "不改的不填。";
        ? carer_name: String, "NameText", "实际照料人", "不改的不填。";
        ? carer_number: String, "IdOrNone", "照料人身份证号", "不改的不填。";
        ? carer_phone: String, "Phone", "照料人电话", "不改的不填。";
        ? carer_relation: String, "ShortText", "照料人和孩子的关系", "不改的不填。";
    }
    /// Before anything is decided.
    Aid {
        what: String, "LongText", "怎么安排的", "例如：临时照料、临时救助金、送医。";
        on: Date, "Day", "日期", "";
    }
    /// The township.
    Verify {
        methods: Vec<Method>, "Vec<Method>", "查验方式", "数据查得到的不再要证明；有疑问的入户、走访。";
        father: Finding, "Finding", "父亲", "";
        mother: Finding, "Finding", "母亲", "";
        guardian_able: bool, "bool", "监护人能够管理这笔钱", "不能的发给实际照料人或者机构。";
        child_seen: bool, "bool", "见到孩子本人", "";
        agrees: bool, "bool", "建议确认", "";
        findings: String, "HiddenText", "查验情况", "";
        ? without_data: String, "LongText", "没有数据回复的原因", "平台已经回复的不填。";
        ? differs: String, "LongText", "和数据不一致的说明", "一致的不填。";
        ? papers: Papers, "Papers", "查验材料", "";
    }
    /// An opinion.
    Propose {
        agrees: bool, "bool", "同意", "";
        reasons: String, "LongText", "意见", "不同意的写明理由，会告诉申请人。";
    }
    /// Who receives the money.
    ProposePayee {
        kind: PayeeKind, "PayeeKind", "发给谁", "";
        guardian_able: bool, "bool", "监护人能够管理这笔钱", "";
        holder: String, "NameText", "户名", "";
        bank: String, "ShortText", "开户银行", "";
        account: String, "AccountText", "账号", "";
        duties: String, "LongText", "照料责任", "写明领取人怎么照料孩子、钱怎么用。";
        ? id_number: String, "IdOrNone", "户主身份证号", "机构账户不填。";
    }
    /// With whoever brings the child up.
    Agreement {
        with: String, "NameText", "和谁签的", "";
        on: Date, "Day", "签订日期", "";
        ? papers: Papers, "Papers", "协议", "";
    }
    /// 全国儿童福利信息系统.
    National {
        number: String, "ShortText", "系统编号", "";
    }
    /// At school or not.
    SchoolCheck {
        attends: bool, "bool", "仍在全日制学校就读", "";
        on: Date, "Day", "核实日期；已经离校的填离校日期", "";
        ? school: String, "ShortText", "学校、年级", "";
        ? until: String, "DayOrNone", "预计毕业日期", "不知道的不填。";
        ? papers: Papers, "Papers", "就读证明", "";
    }
    /// A second look.
    Recheck {
        outcome: Outcome, "Outcome", "复核意见", "";
        findings: String, "HiddenText", "复核情况", "";
        ? reason: Option<EndReason>, "Option<EndReason>", "终止原因", "继续发放的不选。";
        ? on: String, "DayOrNone", "从哪天起不再符合", "继续发放的不填。";
        ? papers: Papers, "Papers", "材料", "";
    }
    /// Money that was paid too much.
    Recover {
        fen: Fen, "Yuan", "追回金额", "";
        paper: String, "ShortText", "收款凭证编号", "";
    }
    /// By an event of another service.
    PersonChanged {
        relation: String, "ShortText", "什么人", "";
        change: String, "ShortText", "变化", "";
        on: Date, "Day", "日期", "";
    }
    /// By an event of another service.
    AidChanged {
        benefit: Benefit, "Benefit", "待遇", "";
        from_month: Month, "MonthText", "起始月份", "";
        monthly_fen: Fen, "Yuan", "每月金额", "";
    }
    /// By a case of protection.
    CustodyChanged {
        kind: String, "ShortText", "监护种类", "";
        case_number: String, "ShortText", "办件编号", "";
        ? carer: String, "ShortText", "现在的照料人", "";
    }
    /// By a case of adoption.
    Adopted {
        case_number: String, "ShortText", "办件编号", "";
        on: Date, "Day", "收养登记日期", "";
    }
    /// By the burial service.
    ChildDied {
        died_on: Date, "Day", "死亡日期", "";
        ? certificate: String, "ShortText", "死亡证明编号", "";
    }
    /// By the paying side.
    PaymentSettled {
        month: Month, "MonthText", "月份", "";
        fen: Fen, "Yuan", "金额", "";
        ? returned: String, "ShortText", "退回原因", "";
    }
}

impl ProposePayee {
    /// The account.
    #[must_use]
    pub fn account(&self) -> Account {
        Account {
            kind: self.kind,
            holder: self.holder.trim().to_owned(),
            id_number: self.id_number.trim().to_owned(),
            bank: self.bank.trim().to_owned(),
            account: self.account.split_whitespace().collect(),
        }
    }
}
