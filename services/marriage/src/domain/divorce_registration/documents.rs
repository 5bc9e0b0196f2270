//! Papers handed to the two: plain Chinese, every date in full.

use jiff::civil::Date;
use yiwang_casework::{Case, IssueDocument};
use yiwang_civic::calendar::WorkCalendar;

use super::{
    DivorceRegistration,
    action::{Ground, Side},
    agreement::RaisedBy,
    facts::Acceptance,
    form::Form,
};
use crate::domain::desk::paper::{APPEAL, clock, day, document, person};
use crate::domain::record::Hall;

type Divorce = Case<DivorceRegistration>;

/// 离婚登记申请受理回执单: the days, frozen with the calendar they were counted with.
pub(super) fn receipt(
    case: &Divorce,
    acceptance: &Acceptance,
    hall: &Hall,
    calendar: &WorkCalendar,
) -> IssueDocument {
    let (dates, form) = (&acceptance.receipt, &case.form);
    let opens = calendar.on_or_after(dates.first_day);
    let closed = if opens == dates.first_day {
        String::new()
    } else {
        format!("（起始日为休息日，{}起上班办理）", day(opens))
    };
    let who = format!(
        "{}、{}：你们的离婚登记申请（编号{}）已由{}受理。",
        person(&form.a),
        person(&form.b),
        case.number,
        hall.name
    );
    let rows = format!(
        "受理日期：{}\n冷静期最后一日：{}\n申领离婚证起始日：{}{closed}\n申领离婚证最后一日：{}",
        day(dates.received),
        day(dates.l1),
        day(dates.first_day),
        day(dates.l2)
    );
    let withdraw = format!(
        "一、任何一方不愿意离婚的，可以在{}{}前，持本人身份证和本回执单到{}撤回离婚登记申请。",
        day(dates.l1),
        clock(hall.closes),
        hall.name
    );
    let apply = format!(
        "二、双方仍愿意离婚的，在{}至{}的上班时间（最后一日{}前）一同到{}申请发给离婚证，\
         请带身份证、结婚证、离婚协议、单人照片和本回执单。未在期限内申请的，视为撤回离婚登记申请。",
        day(dates.first_day),
        day(dates.l2),
        clock(hall.closes),
        hall.name
    );
    let help = "三、需要心理疏导、纠纷调解或者婚姻家庭辅导的，可以随时免费提出；遭受家庭暴力的，请拨打110求助。";
    let counted = format!(
        "期限依照《中华人民共和国民法典》第一千零七十七条、第二百零一条、第二百零三条计算，\
         所用节假日安排版本{}{}。",
        dates.calendar_version,
        if dates.provisional {
            "（涉及的年度节假日安排尚未公布，公布后期限只会顺延，不会提前）"
        } else {
            ""
        }
    );
    document(
        "divorce_receipt",
        "离婚登记申请受理回执单",
        &[&who, &rows, &withdraw, &apply, help, &counted],
    )
}

/// 不予受理离婚登记申请告知书.
pub(super) fn not_accepted(
    case: &Divorce,
    hall: &Hall,
    ground: Ground,
    reasons: &str,
    on: Date,
) -> IssueDocument {
    let form = &case.form;
    let head = format!(
        "{}、{}：你们于{}提出的离婚登记申请，因{}，{}决定不予受理。理由：",
        form.a.name.trim(),
        form.b.name.trim(),
        day(case.submitted_on),
        ground.label(),
        hall.name
    );
    let tail = format!(
        "一方要求离婚的，可以依法向人民法院提起离婚诉讼。\n{}",
        day(on)
    );
    document(
        "divorce_not_accepted",
        "不予受理离婚登记申请告知书",
        &[&head, reasons, APPEAL, &tail],
    )
}

/// 撤回离婚登记申请确认单.
pub(super) fn withdrawal(case: &Divorce, hall: &Hall, side: Side, on: Date) -> IssueDocument {
    let by = match side {
        Side::A => &case.form.a,
        Side::B => &case.form.b,
    };
    let text = format!(
        "{}于{}在冷静期内到{}撤回离婚登记申请（编号{}），本次离婚登记程序终止，婚姻关系不变。",
        person(by),
        day(on),
        hall.name,
        case.number
    );
    let next = "仍要离婚的，需要双方重新申请，冷静期重新计算。";
    document(
        "divorce_withdrawal",
        "撤回离婚登记申请确认单",
        &[&text, next],
    )
}

/// 离婚登记声明书, as signed before the registrar.
pub(super) fn statement(case: &Divorce, hall: &Hall, on: Date) -> IssueDocument {
    let form = &case.form;
    let head = format!(
        "{}、{}于{}在{}当面声明：",
        person(&form.a),
        person(&form.b),
        day(on),
        hall.name
    );
    let text = "我们双方自愿离婚，均具有完全民事行为能力，对子女抚养、财产、债务等事项已经协商一致，\
                所作声明和提交的材料完全真实，如有虚假，愿意承担法律责任。";
    document("divorce_statement", "离婚登记声明书", &[&head, text])
}

/// 离婚协议书, in the version signed.
pub(super) fn agreement(case: &Divorce, on: Date) -> IssueDocument {
    let form = &case.form;
    let agreement = &form.agreement;
    let head = format!(
        "{}与{}自愿离婚，协议如下：",
        person(&form.a),
        person(&form.b)
    );
    let children: Vec<String> = agreement
        .children
        .iter()
        .map(|child| {
            format!(
                "{}，{}出生，由{}抚养。{}",
                child.name.trim(),
                day(child.born),
                raised_by(form, child.raised_by),
                child.support.trim()
            )
        })
        .collect();
    let children = match children.as_slice() {
        [] => "一、没有需要抚养的子女。".to_owned(),
        some => format!("一、子女抚养：{}", some.join("\n")),
    };
    let property = format!("二、财产处理：{}", agreement.property.trim());
    let debts = format!("三、债务处理：{}", agreement.debts.trim());
    let tail = format!(
        "双方于{}当面签署。协议版本{}。",
        day(on),
        agreement.version()
    );
    document(
        "divorce_agreement",
        "离婚协议书",
        &[&head, &children, &property, &debts, &tail],
    )
}

/// Who brings the child up, by name.
fn raised_by(form: &Form, side: RaisedBy) -> String {
    match side {
        RaisedBy::A => form.a.name.trim().to_owned(),
        RaisedBy::B => form.b.name.trim().to_owned(),
        RaisedBy::Both => "双方共同".to_owned(),
    }
}
