//! Pages of officers.

use serde_json::json;
use yiwang_proto::casework::v1 as pb;

use super::{citizen::task, data::*};
use crate::certificates::qr::Qr;
use crate::portal::view::{
    Section,
    case::{OfficerPage, Paper, Reveal, clocks},
    facts::SectionView,
    format,
    statistics::StatisticsPage,
    work::{Row, Tab, VIEWS, Work},
};

pub(super) fn officer() -> OfficerPage {
    let case = case(false);
    let visit = json!({"required": ["officers", "on", "record"], "properties": {
        "officers": {"type": "array", "title": "调查人员姓名", "description": "每次调查至少两人。", "minItems": 1, "items": {"type": "string"}},
        "on": {"type": "string", "x-widget": "date", "title": "日期"},
        "record": {"type": "string", "x-widget": "textarea", "title": "调查记录", "maxLength": 1000},
        "photo": {"type": "array", "x-widget": "photos", "title": "现场照片", "description": "拍到房屋正面。"},
        "scans": {"type": "array", "x-widget": "papers", "title": "笔录扫描件"}}});
    let reasons = json!({"required": ["reasons"], "properties": {"reasons": {"type": "string", "x-widget": "textarea", "title": "理由"}}});
    OfficerPage {
        chrome: chrome("最低生活保障 待补正", Section::Work, "staff"),
        told: "已办好：受理。".into(),
        problems: vec![],
        csrf: "token".into(),
        submitted: format::wire_moment(case.submitted_at.as_ref()),
        waiting: "申请人".into(),
        sign_code: Some(
            Qr::of("http://127.0.0.1/cases/MW1/actions/family_sign")
                .unwrap()
                .into(),
        ),
        ways: vec![("/rescue/search/JZ1".into(), "查找可能的家人")],
        tasks: vec![
            task("record_visit", "记录入户调查", &visit, true, false),
            task("request_check", "请核对机构核对", &json!({}), false, false),
            task("amend", "变更家庭情况", &json!({}), false, false),
            task("terminate", "因不配合终止", &reasons, false, true),
        ],
        near: 2,
        reveal: Some(Reveal {
            page: format!("/cases/{}", case.number),
            label: "身份证号".into(),
            pointer: "/form/id_number".into(),
            reason: String::new(),
            error: "请写明原因。".into(),
        }),
        dates: None,
        clocks: clocks(&case, TODAY),
        missing: case.missing.clone(),
        notices: case.notices.clone(),
        documents: Paper::documents(&case),
        materials: Paper::materials(&case, &item().guide.unwrap().materials),
        sections: SectionView::added(&case, Some(("/form/phone", "13800000001"))),
        bills: vec![super::funeral::bill()],
        filled: SectionView::filled(&case, Some(&item()), None),
        history: history(),
        handover_open: false,
        handover_key: "key".into(),
        colleagues: vec![("0190".into(), "李晓燕（乡镇（街道）经办人员）".into())],
        case,
    }
}

pub(super) fn work() -> Work {
    let row = |last: &str, state: &str, assignee: &str| {
        let mut case = case(false);
        case.due = (!last.is_empty()).then(|| clock("开始入户调查", last));
        (case.state_label, case.assignee) = (state.into(), assignee.into());
        Row::of(&case, TODAY)
    };
    Work {
        chrome: chrome("待办", Section::Work, "staff"),
        told: String::new(),
        view: "MINE",
        tabs: VIEWS
            .iter()
            .map(|(code, label, _)| Tab {
                href: format!("/work?view={code}"),
                label,
                current: *code == "MINE",
            })
            .collect(),
        items: vec![("minimum-living".into(), "最低生活保障".into())],
        item: String::new(),
        states: vec![("accepted".into(), "已受理".into())],
        state: "accepted".into(),
        number: String::new(),
        filtered: true,
        rows: vec![
            row("2026-05-08", "待受理", ""),
            row("2026-05-12", "已受理", "陈志强"),
            row("2026-05-15", "调查中", "李晓燕"),
            row("2026-06-22", "公示中", "陈志强"),
            row("", "发放中", ""),
        ],
        empty: "没有等您办的件。",
        first: String::new(),
        next: "/work?cursor=x".into(),
    }
}

pub(super) fn statistics() -> StatisticsPage {
    let count = |label: &str, count| pb::Count {
        key: label.into(),
        label: label.into(),
        count,
    };
    let counts = pb::Statistics {
        by_state: vec![
            count("待受理", 12),
            count("调查中", 31),
            count("公示中", 9),
            count("已确认", 58),
            count("不予确认", 6),
        ],
        by_division: vec![
            count("城关镇", 44),
            count("溢水镇", 21),
            count("麻家渡镇", 30),
            count("宝丰镇", 21),
        ],
        by_day: (1..=30)
            .map(|day| count(&format!("2026-05-{day:02}"), (day * 7) % 11))
            .collect(),
        open: 52,
        overdue: 2,
        total: 116,
    };
    let divisions = vec![("420323".into(), "湖北省十堰市竹山县".into())];
    let range = ("420323".into(), "2026-05-01".into(), "2026-05-30".into());
    StatisticsPage::new(
        chrome("统计", Section::Statistics, "staff"),
        divisions,
        range,
        &counts,
    )
}
