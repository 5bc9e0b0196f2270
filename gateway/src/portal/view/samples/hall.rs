//! Pages of the registrars' hall.

use askama::Template;
use serde_json::{Map, Value, json};
use yiwang_proto::{casework::v1 as casework, marriage::v1 as pb};

use super::{citizen::task, data::*};
use crate::portal::{
    form::{self, Form, Problem, Surroundings},
    view::{
        Section, Trouble,
        case::{BigDates, Paper, Reveal, clocks},
        facts::SectionView,
        hall::{
            Kind,
            bench::{BenchPage, Certificate, checks, steps},
            check_in::{CardView, CheckInPage, Panel},
            conflicts::{ConflictView, ConflictsPage, RecordView, Settlement},
            counselling::{CounsellingPage, Session},
            day::{DayPage, Visit, Waiting, WalkIn},
            dishonesty::{DishonestyPage, EntryView, Filled},
            figures::FiguresPage,
            help::HelpSheet,
            index::{HallLink, IndexPage},
            restoration::RestorationPage,
            status::{AnswerView, StatusPage},
        },
    },
};

fn hall() -> pb::Hall {
    pb::Hall {
        code: "421202001-01".into(),
        name: "咸宁市咸安区婚姻登记处".into(),
        phone: "0715-8320520".into(),
        division: "421202001".into(),
        hours: "工作日 9:00至12:00，14:00至17:30".into(),
        ..Default::default()
    }
}

pub(super) fn hall_pages() -> Vec<(&'static str, String)> {
    vec![
        ("hall-day", day().render().unwrap()),
        ("hall-check-in", check_in().render().unwrap()),
        ("hall-bench", bench().render().unwrap()),
        ("hall-figures", figures().render().unwrap()),
        ("hall-conflicts", conflicts().render().unwrap()),
        ("hall-status", status().render().unwrap()),
        ("hall-index", index().render().unwrap()),
        ("hall-counselling", counselling().render().unwrap()),
        ("hall-dishonesty", dishonesty().render().unwrap()),
        ("hall-restoration", restoration().render().unwrap()),
        ("hall-help-sheet", help_sheet().render().unwrap()),
    ]
}

fn day() -> DayPage {
    let visit = |time: &str, state: &str, case: &str| {
        let appointment = pb::Appointment {
            number: "2026051200001".into(),
            hall: hall().code,
            starts_at: format!("2026-05-12T{time}"),
            kind: "marriage".into(),
            state: state.into(),
            visitors: ["何*", "马**"]
                .map(|name| pb::Visitor {
                    name: name.into(),
                    ..Default::default()
                })
                .into(),
            case_number: case.into(),
            ceremony: time == "09:30",
            guests: 4,
            ..Default::default()
        };
        Visit::of(&appointment, "2026-05-12T09:20:00")
    };
    DayPage {
        chrome: chrome(&hall().name, Section::Hall, "staff"),
        told: String::new(),
        halls: vec![
            (hall().code, hall().name),
            ("421202002-01".into(), "永安街道婚姻登记点".into()),
        ],
        hall: hall(),
        iso: "2026-05-12".into(),
        day: "2026年5月12日".into(),
        weekday: "星期二",
        working: true,
        before: "/hall?day=2026-05-11".into(),
        after: "/hall?day=2026-05-13".into(),
        walk_ins: WalkIn::all(&hall().code),
        visits: vec![
            visit("09:00", "arrived", "DB420323260512000001X"),
            visit("09:00", "booked", ""),
            visit("09:30", "booked", ""),
            visit("10:00", "no_show", ""),
        ],
        sessions: vec![
            Session::of(&session("booked", "")),
            Session::of(&session("arrived", "parenting")),
        ],
        links: links(),
        cases: vec![Waiting::of(&couple("declaration"), TODAY)],
        more: true,
    }
}

fn links() -> Vec<HallLink> {
    let link = |href, label, hint| HallLink { href, label, hint };
    vec![
        link("/hall/figures", "数字", "按登记处、按日的登记数。"),
        link("/hall/dishonesty", "失信名单", "查看、收取异议、审批移除。"),
    ]
}

fn index() -> IndexPage {
    IndexPage {
        chrome: chrome("婚姻登记", Section::Hall, "staff"),
        told: String::new(),
        links: links(),
    }
}

fn session(state: &str, topic: &str) -> pb::Appointment {
    pb::Appointment {
        number: format!("YY421202260512{state}"),
        hall: hall().code,
        starts_at: "2026-05-12T10:00".into(),
        kind: "counselling".into(),
        state: state.into(),
        visitors: vec![pb::Visitor {
            name: EVIL.into(),
            ..Default::default()
        }],
        phone: "13800001234".into(),
        by_phone: true,
        topic: topic.into(),
        ..Default::default()
    }
}

fn counselling() -> CounsellingPage {
    let chrome = chrome("婚姻家庭辅导", Section::Hall, "staff");
    let found = pb::Appointment {
        number: "YY421202260512000001297".into(),
        ..session("booked", "")
    };
    CounsellingPage {
        problems: vec![Trouble::at(
            "topic",
            "请选择辅导的主题；只记主题，不记谈话内容。",
        )],
        held: "yes".into(),
        ..CounsellingPage::new(chrome, "token".into(), "key".into(), &found)
    }
}

fn dishonesty() -> DishonestyPage {
    let entry = |id: &str, state: &str, may_decide| pb::Dishonesty {
        id: id.into(),
        name: "王**".into(),
        division_name: "湖北省咸宁市咸安区温泉街道".into(),
        ground: EVIL.into(),
        case_number: "DB420323260512000001X".into(),
        noted_on: "2026-05-12".into(),
        until: "2031-05-11".into(),
        state: state.into(),
        objection: match state {
            "contested" => "身份证是被人冒用的。".into(),
            _ => String::new(),
        },
        may_decide,
        ..Default::default()
    };
    let wrong = Filled {
        id_number: "42032".into(),
        id_error: "公民身份号码应为18位，请核对".into(),
        text_error: "请写明本人的理由（4到500个字）。".into(),
        ..Filled::default()
    };
    let undecided = Filled {
        decision_error: "请选择移出还是留在名单上。".into(),
        ..Filled::default()
    };
    let view = |entry: pb::Dishonesty, filled| EntryView::of(&entry, "key".into(), filled);
    DishonestyPage {
        chrome: chrome("失信名单", Section::Hall, "staff"),
        told: "已经收下异议，等审批人员处理。",
        problems: vec![
            Trouble::at("person-d1", wrong.id_error.clone()),
            Trouble::at("decision-d2", undecided.decision_error.clone()),
        ],
        csrf: "token".into(),
        counties: vec![
            ("421202".into(), "湖北省咸宁市咸安区".into()),
            ("420323".into(), "湖北省十堰市竹山县".into()),
        ],
        county: "421202".into(),
        entries: vec![
            view(entry("d1", "listed", false), wrong),
            view(entry("d2", "contested", true), undecided),
            view(entry("d3", "contested", false), Filled::default()),
        ],
        next: "/hall/dishonesty?cursor=d3".into(),
    }
}

fn restoration() -> RestorationPage {
    let form = Form::read(&json!({"required": ["number"], "properties": {
        "number": {"type": "string", "title": "结婚证字号"}}}));
    let problems = [Problem::new(
        "/number",
        "没有找到，请核对证字号和身份证号。",
    )];
    let around = Surroundings {
        problems: &problems,
        ..Surroundings::default()
    };
    let record = pb::Record {
        number: "420323-2020-000001".into(),
        names: vec!["何*".into(), "马**".into()],
        registered_on: "2020-05-20".into(),
        ended_on: "2026-05-11".into(),
        ..Default::default()
    };
    RestorationPage {
        chrome: chrome("不愿恢复婚姻的声明", Section::Hall, "staff"),
        problems: Trouble::of_form(&form, &problems, ""),
        csrf: "token".into(),
        key: "key".into(),
        fields: form::draw(&form.fields, &Map::new(), &around),
        noted: Some(RecordView::of(&record)),
    }
}

fn help_sheet() -> HelpSheet {
    HelpSheet {
        chrome: chrome("求助指引", Section::Hall, "staff"),
    }
}

fn party(title: &str) -> Value {
    json!({"type": "object", "title": title, "required": ["name", "id_number"], "properties": {
        "name": {"type": "string", "title": "姓名", "maxLength": 40, "x-mask": "name"},
        "id_number": {"type": "string", "title": "身份证号", "maxLength": 18, "x-mask": "id_number"},
        "household": {"type": "string", "title": "常住户口所在地", "x-widget": "division"},
        "phone": {"type": "string", "title": "联系电话", "maxLength": 20, "x-mask": "phone"}}})
}

fn couple_schema() -> Value {
    json!({"type": "object", "properties": {
        "kind": {"title": "登记种类", "default": "marriage", "oneOf": [
            {"const": "marriage", "title": "结婚登记"}, {"const": "late", "title": "补办结婚登记"}]},
        "a": party("申请人一"), "b": party("申请人二")}})
}

fn couple(state: &str) -> casework::Case {
    let person = |name: &str, number: &str| json!({"name": name, "id_number": number, "phone": "138****0001"});
    let form = json!({
        "kind": "marriage",
        "a": person("何*", "420323********1017"), "b": person("马**", "640302********1028"),
    });
    casework::Case {
        number: "DB420323260512000001X".into(),
        item: "marriage-registration".into(),
        item_title: "结婚登记".into(),
        state: state.into(),
        state_label: "待声明".into(),
        division_name: "湖北省咸宁市咸安区温泉街道".into(),
        applicant: "何*".into(),
        assignee: "孙丽".into(),
        form: form.to_string(),
        sections: vec![
            casework::Section {
                title: "联网核对".into(),
                rows: vec![row("身份", "双方一致"), row("婚姻状况", "双方未婚")],
            },
            casework::Section {
                title: "冷静期和领证期限".into(),
                rows: vec![
                    row("受理日期", "2025年9月1日"),
                    row("冷静期最后一日", "2025年10月9日"),
                    row("申领离婚证起始日", "2025年10月10日"),
                    row("申领离婚证最后一日", "2025年11月10日"),
                    row("受理", "咸宁市咸安区婚姻登记处，孙丽"),
                ],
            },
        ],
        certificates: vec![casework::CertificateRef {
            id: "0190".into(),
            title: "结婚证".into(),
            number: "2026-000001".into(),
            state_label: "有效".into(),
            holder: "何*".into(),
            ..Default::default()
        }],
        ..case(false)
    }
}

fn row(label: &str, value: &str) -> casework::Row {
    casework::Row {
        label: label.into(),
        value: value.into(),
        ..Default::default()
    }
}

fn check_in() -> CheckInPage {
    let form = Form::read(&couple_schema());
    let value =
        json!({"a": {"name": "何山", "id_number": "420323199505121017"}, "b": {"name": EVIL}});
    let value = value.as_object().unwrap();
    let problems = [Problem::new("/b/id_number", "请填写“身份证号”。")];
    let around = Surroundings {
        problems: &problems,
        scope: "",
    };
    let card = pb::Card {
        name: "何山".into(),
        sex: "男".into(),
        nation: "汉".into(),
        birth_date: "1995-05-12".into(),
        address: "湖北省十堰市竹山县城关镇莲花村3组".into(),
        id_number: "420323199505121017".into(),
        authority: "竹山县公安局".into(),
        valid_from: "2016-03-01".into(),
        valid_to: "2026-03-01".into(),
    };
    let panel = |key: &'static str, card: Option<CardView>, trouble: &str| {
        let field = form.fields.iter().find(|field| field.key == key).unwrap();
        let form::schema::Kind::Group(inner) = &field.kind else {
            panic!()
        };
        let party = value[key].as_object().unwrap();
        Panel {
            key,
            title: field.title.clone(),
            card,
            trouble: trouble.into(),
            read_next: false,
            fields: form::draw_at(inner, party, &around, &format!("/{key}")),
        }
    };
    CheckInPage {
        chrome: chrome("结婚登记", Section::Hall, "staff"),
        problems: Trouble::of_form(&form, &problems, ""),
        csrf: "token".into(),
        key: "key".into(),
        post: "/hall/check-in?kind=marriage".into(),
        back: "/hall".into(),
        hall: hall(),
        label: Kind::Marriage.label(),
        appointment: "预约号 2026051200001　2026年5月12日 09:00　何山、马小燕".into(),
        reader: Some("1".into()),
        panels: vec![
            panel("a", Some(CardView::of("a", &card, Some(true), TODAY)), ""),
            panel("b", None, "读卡器上没有身份证，请放好后再读。"),
        ],
        fields: form::draw(&form.fields[..1], &Map::new(), &around),
        fill_next: false,
    }
}

fn bench() -> BenchPage {
    let case = couple("declaration");
    let item = casework::Item {
        form_schema: couple_schema().to_string(),
        ..Default::default()
    };
    let declare = json!({"properties": {
        "both_present": {"type": "boolean", "x-widget": "checkbox", "title": "男女双方都在现场，人证一致"},
        "kin": {"title": "双方声明的亲属关系", "default": "none", "oneOf": [
            {"const": "none", "title": "没有"}, {"const": "other", "title": "其他"}]}}});
    let reasons = json!({"required": ["reasons"], "properties": {
        "reasons": {"type": "string", "x-widget": "textarea", "title": "理由"}}});
    let mut sections = SectionView::added(&case, None);
    let dates = BigDates::take(&mut sections);
    let (checks, sections) = checks(sections);
    BenchPage {
        chrome: chrome("结婚登记 待声明", Section::Hall, "staff"),
        told: "已经受理，编号DB420323260512000001X。".into(),
        problems: vec![],
        csrf: "token".into(),
        steps: steps(&case),
        people: ["a", "b"]
            .iter()
            .filter_map(|key| SectionView::group(&case, Some(&item), key, None))
            .map(|section| section.on("/hall/cases/N"))
            .collect(),
        checks,
        next: Some(task("declare", "双方签署声明", &declare, true, false)),
        others: vec![task("refuse", "不予登记", &reasons, false, true)],
        expects: false,
        waiting: "窗口人员".into(),
        reveal: Some(Reveal {
            page: "/hall/cases/N".into(),
            label: "身份证号".into(),
            pointer: "/form/a/id_number".into(),
            reason: String::new(),
            error: "请写明原因。".into(),
        }),
        dates,
        clocks: clocks(&case, TODAY),
        certificates: Certificate::all(&case),
        documents: Paper::documents(&case),
        sections,
        filled: SectionView::filled_besides(&["a", "b"], &case, Some(&item), None),
        history: history(),
        case,
    }
}

fn figures() -> FiguresPage {
    let row = |label: &str, marriages, divorces| pb::FigureRow {
        key: label.into(),
        label: label.into(),
        marriages,
        divorces,
        reissues: 1,
    };
    let figures = pb::Figures {
        by_hall: vec![row("咸宁市咸安区婚姻登记处", 61, 12)],
        by_day: (1..=30)
            .map(|day| row(&format!("2026-05-{day:02}"), (day * 5) % 7, day % 2))
            .collect(),
        marriages: 61,
        divorces: 12,
        reissues: 30,
        across_provinces: 9,
    };
    let range = ("421202".into(), "2026-05-01".into(), "2026-05-30".into());
    let divisions = vec![("421202".into(), "湖北省咸宁市咸安区".into())];
    let chrome = chrome("登记数字", Section::Hall, "staff");
    FiguresPage::new(chrome, "", divisions, range, &figures)
}

fn conflicts() -> ConflictsPage {
    let record = |id: &str, number: &str, day: &str| pb::Record {
        id: id.into(),
        number: number.into(),
        state_label: "有效".into(),
        registered_on: day.into(),
        hall_name: "竹山县民政局".into(),
        names: vec!["何*".into(), EVIL.into()],
        ..Default::default()
    };
    let conflict = |id: &str, settled| pb::Conflict {
        id: id.into(),
        kind: "two_valid".into(),
        text: "何*有两条有效的婚姻记录".into(),
        records: vec![
            record("r1", "竹结字第1998-112号", "1998-05-01"),
            record("r2", "2011-000431", "2011-10-10"),
        ],
        settled,
    };
    let wrong = Settlement {
        keep: "r1".into(),
        reason_error: "请写明依据和理由。".into(),
        ..Settlement::default()
    };
    ConflictsPage {
        chrome: chrome("冲突记录", Section::Hall, "staff"),
        told: "",
        problems: vec![Trouble::at("why-c1", "请写明依据和理由。")],
        csrf: "token".into(),
        conflicts: vec![
            ConflictView::of(&conflict("c1", false), "key".into(), wrong),
            ConflictView::of(&conflict("c2", true), "key".into(), Settlement::default()),
        ],
        next: "/hall/conflicts?cursor=c2".into(),
    }
}

fn status() -> StatusPage {
    let form = Form::read(&json!({"required": ["name"], "properties": {
        "name": {"type": "string", "title": "姓名"}}}));
    let answer = pb::MaritalStatus {
        status: "10".into(),
        label: "未婚".into(),
        married: false,
        as_of: "2026-05-12".into(),
        inquiry: "0190".into(),
    };
    StatusPage {
        chrome: chrome("婚姻状况查询", Section::Hall, "staff"),
        problems: vec![],
        csrf: "token".into(),
        fields: form::draw(&form.fields, &Map::new(), &Surroundings::default()),
        answer: Some(AnswerView::of(&answer)),
    }
}
