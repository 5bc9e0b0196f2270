//! Every page with sample data, for the tests and for looking at.

use askama::Template;
use jiff::{Timestamp, civil::Date};
use prost_types::Timestamp as WireTime;
use serde_json::{Map, Value, json};
use yiwang_proto::casework::v1 as pb;

use super::{
    Chrome, Section, Trouble, User,
    apply::{Apply, Done, Group, Handed, Part, Slot, StepLink, Uploads},
    case::{
        ActionPage, CasePage, DocumentPage, HistoryLine, OfficerPage, Paper, Reveal, Task, clocks,
    },
    demo::Demo,
    entry::{self, Account, Code, DemoAccount, Device, Enrol, Entry, Login, Register},
    facts::SectionView,
    format::{self, DueView},
    mine::{CaseLink, Message, Mine},
    notice::{NoticePage, Notices},
    public::{self, DraftLink, GuidePage, Help, Home, Items},
    statistics::StatisticsPage,
    work::{Row, Tab, VIEWS, Work},
};
use crate::portal::form::{
    self, Form, Problem, Surroundings,
    steps::{self, Step},
};

const TODAY: Date = jiff::civil::date(2026, 5, 12);
pub(super) const EVIL: &str = "<script>alert(1)</script> '; DROP TABLE 𠮷";

fn chrome(title: &str, section: Section, who: &str) -> Chrome {
    let user = match who {
        "" => None,
        who => Some(User {
            name: if who == "staff" {
                "陈志强"
            } else {
                "张建国"
            }
            .into(),
            staff: who == "staff",
            csrf: "token".into(),
        }),
    };
    let demo = Some(format::day(TODAY));
    Chrome {
        title: title.into(),
        section,
        path: "/my".into(),
        user,
        demo,
        large: false,
    }
}

fn wire(at: &str) -> Option<WireTime> {
    let at: Timestamp = at.parse().unwrap();
    Some(WireTime {
        seconds: at.as_second(),
        nanos: 0,
    })
}

fn schema() -> Value {
    let person = json!({
    "type": "object", "required": ["name", "id_number", "income", "check_consent"],
    "properties": {
        "name": {"type": "string", "title": "姓名", "description": "与身份证一致。", "maxLength": 50},
        "id_number": {"type": "string", "title": "身份证号码", "description": "18位，末位可以是X。", "x-widget": "id_number"},
        "relation": {"title": "与申请人的关系", "x-widget": "select", "oneOf": [
            {"const": "spouse", "title": "配偶"}, {"const": "child", "title": "子女"}, {"const": "parent", "title": "父母"},
            {"const": "grandparent", "title": "祖父母"}, {"const": "sibling", "title": "兄弟姐妹"}, {"const": "other", "title": "其他"}]},
        "health": {"title": "健康状况", "oneOf": [{"const": "well", "title": "健康"}, {"const": "ill", "title": "重病"}, {"const": "slow", "title": "慢性病"}]},
        "income": {"type": "integer", "title": "工资和务工收入（每月）", "description": "没有就填0。", "x-widget": "yuan", "minimum": 0},
        "check_consent": {"type": "boolean", "x-widget": "checkbox", "title": "本人同意授权民政部门核对家庭经济状况", "description": "授权只用于本次申请和领取期间的核查。"}
    }});
    json!({
    "type": "object", "required": ["scope", "phone", "home", "members", "story"],
    "properties": {
        "scope": {"title": "怎样申请", "description": "一般选全家一起申请。", "x-step": "申请人", "x-widget": "radio",
            "oneOf": [{"const": "family", "title": "全家一起申请"}, {"const": "single", "title": "单独申请", "description": "低保边缘家庭里的重残、重病人员可以单独申请。"}]},
        "phone": {"type": "string", "title": "联系电话", "description": "工作人员会打这个电话。", "x-widget": "phone", "x-step": "申请人"},
        "home": {"type": "string", "title": "现居住地", "description": "选到乡镇或街道。", "x-widget": "division", "x-step": "申请人"},
        "members": {"type": "array", "title": "家庭成员", "description": "申请人本人不用再填。", "items": person, "x-step": "家庭成员"},
        "officers": {"type": "array", "title": "调查人员姓名", "items": {"type": "string"}, "minItems": 1, "x-step": "家庭成员"},
        "born": {"type": "string", "format": "date", "title": "从哪天开始困难", "x-step": "困难情况"},
        "story": {"type": "string", "title": "想说明的情况", "description": "用自己的话写就行。", "x-widget": "textarea", "maxLength": 1000, "x-step": "困难情况"},
        "yes": {"type": "boolean", "x-widget": "radio", "title": "是否住院", "x-step": "困难情况"},
        "kinds": {"type": "array", "title": "领过哪些补助", "items": {"oneOf": [{"const": "a", "title": "高龄津贴"}, {"const": "b", "title": "残疾人补贴"}]}, "x-step": "困难情况"}
    }})
}

fn filled() -> Map<String, Value> {
    let value = json!({
        "_division": "420323100", "scope": "family", "phone": "13800000001", "home": "竹山县",
        "members": [
            {"name": "王秀英", "id_number": "420323198001011229", "relation": "spouse", "income": 30000, "check_consent": true},
            {"name": EVIL, "income": "三百块"}
        ],
        "officers": ["陈志强", ""],
        "story": "孩子上学，我腰不好，干不了重活。"
    });
    value.as_object().unwrap().clone()
}

fn item() -> pb::Item {
    let material = |code: &str, title: &str, origin: &str, hint: &str| pb::MaterialSpec {
        code: code.into(),
        title: title.into(),
        origin: origin.into(),
        required: code == "statement",
        hint: hint.into(),
    };
    let step = |title: &str, who: &str, limit: &str| pb::Step {
        title: title.into(),
        who: who.into(),
        limit: limit.into(),
    };
    pb::Item {
        code: "minimum-living".into(),
        title: "最低生活保障".into(),
        summary: "家庭人均收入低于当地低保标准、财产符合规定的，每月领取差额补助。".into(),
        service: "assistance".into(),
        guide: Some(pb::Guide {
            audience: "共同生活的家庭成员人均收入低于当地最低生活保障标准，且家庭财产状况符合当地规定的家庭。".into(),
            conditions: vec!["家庭月人均收入低于当地最低生活保障标准。".into(), "成年家庭成员同意授权核对。".into()],
            legal_basis: vec![pb::LegalBasis { name: "中华人民共和国社会救助法".into(), article: "第二十条".into() }],
            materials: vec![
                material("statement", "务工、种养收入的书面说明", "ASKED", "没有工资单的，自己写明即可。"),
                material("medical", "自己负担的医疗、康复费用票据", "ASKED", "有因病因残支出的提供，拍照即可。"),
                material("household", "户口簿", "SHARED", ""),
                material("bank", "银行流水、存款证明", "SHARED", ""),
            ],
            steps: vec![
                step("申请", "申请人、代办人", "随时，可网上办理"),
                step("受理", "乡镇（街道）", "材料不全的一次性告知"),
                step("初审、公示", "乡镇（街道）", "公示7天"),
                step("审核确认", "县级民政部门", "收到后10个工作日内"),
            ],
            legal_time_limit: "自受理之日起30个工作日".into(),
            promised_time_limit: "20个工作日".into(),
            fee: "不收费".into(),
            result: "确认通知书，按月发放最低生活保障金".into(),
            appeal: "可以依法申请行政复议或者提起行政诉讼；也可拨打12345反映。".into(),
            standards: vec![pb::StandardRow { label: "竹山县农村低保标准".into(), value: "每人每年4560.00 元".into(), source: "竹山县人民政府公布".into() }],
        }),
        form_schema: schema().to_string(),
        ..Default::default()
    }
}

fn clock(label: &str, last_day: &str) -> pb::Clock {
    pb::Clock {
        label: label.into(),
        legal_basis: "民发〔2021〕57号第十五条".into(),
        last_day: last_day.into(),
        ..Default::default()
    }
}

fn notice() -> pb::Notice {
    pb::Notice {
        id: "0190".into(),
        kind: "初审公示".into(),
        title: "城关镇最低生活保障初审公示".into(),
        text:
            "经初步审核，拟将下列家庭纳入最低生活保障。\n公示期内如有异议，请向城关镇人民政府反映。"
                .into(),
        division_name: "湖北省十堰市竹山县城关镇".into(),
        posted_at: wire("2026-05-11T01:00:00Z"),
        last_day: "2026-05-18".into(),
        running: true,
        rows: vec![
            pb::Row {
                label: "申请人".into(),
                value: "张**".into(),
                ..Default::default()
            },
            pb::Row {
                label: "家庭人口".into(),
                value: "3人".into(),
                ..Default::default()
            },
        ],
        objections: 1,
        ..Default::default()
    }
}

fn case(own: bool) -> pb::Case {
    let row = |label: &str, value: &str, reveal: &str| pb::Row {
        label: label.into(),
        value: value.into(),
        reveal: reveal.into(),
    };
    let file = pb::MaterialRef {
        code: "statement".into(),
        file_id: "f1".into(),
        file_name: "收入说明.jpg".into(),
        size: 1_300_000,
        ..Default::default()
    };
    pb::Case {
        number: "DB420323260512000001X".into(),
        item: "minimum-living".into(),
        item_title: "最低生活保障".into(),
        division: "420323100".into(),
        division_name: "湖北省十堰市竹山县城关镇".into(),
        state: "correction".into(),
        state_label: "待补正".into(),
        explanation: "有内容需要补正，清单已一次性列出。补好后重新提交即可。".into(),
        version: 4,
        submitted_at: wire("2026-05-08T02:30:00Z"),
        due: Some(clock("办结", "2026-05-15")),
        clocks: vec![
            clock("办结", "2026-06-22"),
            clock("开始入户调查", "2026-05-12"),
            clock("受理", "2026-05-08"),
        ],
        applicant: "张**".into(),
        waiting_for: "申请人".into(),
        assignee: "陈志强".into(),
        sections: vec![
            pb::Section {
                title: "申请人".into(),
                rows: vec![
                    row("姓名", "张**", "/form/name"),
                    row("身份证号", "420323********1012", "/form/id_number"),
                    row("联系电话", "138****0001", "/form/phone"),
                    row("户籍", "竹山县城关镇", ""),
                ],
            },
            pb::Section {
                title: "家庭收入".into(),
                rows: vec![
                    row("月人均收入", "100.00 元", ""),
                    row("当地标准", "每人每月 380.00 元", ""),
                ],
            },
        ],
        form: Value::Object(filled()).to_string(),
        materials: vec![file],
        missing: vec![pb::MissingMaterial {
            code: "medical".into(),
            title: "自己负担的医疗费用票据".into(),
            reason: "请补拍2025年住院结算单的第二页。".into(),
        }],
        documents: vec![pb::DocumentRef {
            id: "d1".into(),
            kind: "acceptance".into(),
            title: "受理通知书".into(),
            issued_at: wire("2026-05-09T02:00:00Z"),
        }],
        notices: vec![notice()],
        own,
        ..Default::default()
    }
}

fn history() -> Vec<HistoryLine> {
    let entry = |at: &str, action: &str, state: &str, actor: &str, note: &str| pb::HistoryEntry {
        at: wire(at),
        action_label: action.into(),
        state_label: state.into(),
        actor: actor.into(),
        note: note.into(),
        ..Default::default()
    };
    HistoryLine::all(&pb::History {
        entries: vec![
            entry("2026-05-08T02:30:00Z", "提交申请", "待受理", "申请人", ""),
            entry(
                "2026-05-09T03:10:00Z",
                "一次性告知",
                "待补正",
                "城关镇人民政府 陈志强",
                "需补1项材料。",
            ),
        ],
    })
}

fn group(step: &Step, number: usize, value: &Map<String, Value>, problems: &[Problem]) -> Group {
    let around = Surroundings {
        problems,
        scope: "",
    };
    Group {
        number,
        title: step.title.clone(),
        intro: None,
        fields: form::draw(&step.fields(), value, &around),
    }
}

fn uploads() -> Uploads {
    let item = item();
    let case = case(true);
    let specs = &item.guide.as_ref().unwrap().materials;
    let mut slots: Vec<Slot> = specs[..2]
        .iter()
        .map(|spec| Slot::of(spec, &case.materials))
        .collect();
    slots[1].error = "文件不能超过 10 MB，请压缩或重新拍照后再上传。".into();
    slots[1].files.push(Handed {
        id: "x".into(),
        name: EVIL.into(),
        size: "1 KB".into(),
        reference: "a:b".into(),
    });
    Uploads {
        max_size: "10.0 MB".into(),
        slots,
    }
}

fn apply(shown: &[usize], problems: &[Problem]) -> Apply {
    let item = item();
    let form = Form::parse(&item.form_schema);
    let steps = steps::steps(&form, true);
    let value = filled();
    let current = shown[0];
    let review = current == steps.len();
    let parts = steps
        .iter()
        .enumerate()
        .filter(|_| review)
        .map(|(index, step)| Part {
            number: index + 1,
            title: step.title.clone(),
            lines: form::summarise(&step.fields(), &value),
            files: if step.title == "上传材料" {
                vec!["收入说明：收入说明.jpg".into()]
            } else {
                vec![]
            },
        });
    let all = Form {
        fields: steps.iter().flat_map(Step::fields).collect(),
    };
    let title = steps[current - 1].title.clone();
    Apply {
        chrome: chrome(&title, Section::Items, "citizen"),
        heading: title,
        told: "",
        problems: Trouble::of_form(&all, problems, ""),
        csrf: "token".into(),
        who: "0123456789abcdef".into(),
        version: 3,
        key: "key".into(),
        groups: shown
            .iter()
            .map(|number| group(&steps[number - 1], *number, &value, problems))
            .collect(),
        uploads: (steps[current - 1].title == "上传材料").then(uploads),
        review: parts.take(steps.len() - 1).collect(),
        forward: if review { "submit" } else { "next" },
        forward_label: if review { "提交申请" } else { "下一步" },
        has_previous: current > 1,
        saved: Some("14:32".into()),
        current,
        steps: steps
            .iter()
            .enumerate()
            .map(|(index, step)| StepLink {
                number: index + 1,
                title: step.title.clone(),
                current: index + 1 == current,
                done: index + 1 < current,
            })
            .collect(),
        item,
    }
}

fn task(code: &str, label: &str, schema: &Value, open: bool, grave: bool) -> Task {
    let form = Form::read(schema);
    let scope = format!("{code}-");
    let around = Surroundings {
        problems: &[],
        scope: &scope,
    };
    Task {
        code: code.into(),
        label: label.into(),
        hint: "受理后3个工作日内启动调查。".into(),
        grave,
        open,
        unconfirmed: grave,
        fields: form::draw(&form.fields, &Map::new(), &around),
        uploads: None,
        key: "key".into(),
        version: 4,
        back: None,
        elsewhere: code == "amend",
    }
}

fn officer() -> OfficerPage {
    let case = case(false);
    let visit = json!({"required": ["officers", "on", "record"], "properties": {
        "officers": {"type": "array", "title": "调查人员姓名", "description": "每次调查至少两人。", "minItems": 1, "items": {"type": "string"}},
        "on": {"type": "string", "x-widget": "date", "title": "日期"},
        "record": {"type": "string", "x-widget": "textarea", "title": "调查记录", "maxLength": 1000}}});
    let reasons = json!({"required": ["reasons"], "properties": {"reasons": {"type": "string", "x-widget": "textarea", "title": "理由"}}});
    OfficerPage {
        chrome: chrome("最低生活保障 待补正", Section::Work, "staff"),
        told: "已办好：受理。".into(),
        problems: vec![],
        csrf: "token".into(),
        number: case.number.clone(),
        submitted: format::wire_moment(case.submitted_at.as_ref()),
        waiting: "申请人".into(),
        tasks: vec![
            task("record_visit", "记录入户调查", &visit, true, false),
            task("request_check", "请核对机构核对", &json!({}), false, false),
            task("amend", "变更家庭情况", &json!({}), false, false),
            task("terminate", "因不配合终止", &reasons, false, true),
        ],
        reveal: Some(Reveal {
            label: "身份证号".into(),
            pointer: "/form/id_number".into(),
            reason: String::new(),
            error: "请写明原因。".into(),
        }),
        clocks: clocks(&case, TODAY),
        missing: case.missing.clone(),
        notices: case.notices.clone(),
        documents: Paper::documents(&case),
        materials: Paper::materials(&case, &item().guide.unwrap().materials),
        sections: SectionView::added(&case, Some(("/form/phone", "13800000001"))),
        filled: SectionView::filled(&case, Some(&item()), None),
        history: history(),
        handover_open: false,
        handover_key: "key".into(),
        colleagues: vec![("0190".into(), "李晓燕（乡镇（街道）经办人员）".into())],
        case,
    }
}

fn mine() -> Mine {
    let message = |text: &str, unread| Message {
        number: "DB420323260512000001X".into(),
        text: text.into(),
        at: "最低生活保障　2026年5月9日 11:10".into(),
        unread,
    };
    Mine {
        chrome: chrome("我的办件", Section::Mine, "citizen"),
        told: "已保存，下次可以接着填。",
        csrf: "token".into(),
        drafts: vec![DraftLink {
            item: "minimum-living".into(),
            title: "最低生活保障".into(),
            saved: "2026年5月11日 20:15".into(),
        }],
        cases: vec![CaseLink::of(&case(true), TODAY)],
        next: "/my?cursor=x".into(),
        unread: 1,
        messages: vec![
            message("请补交1项材料：自己负担的医疗费用票据。", true),
            message(EVIL, false),
        ],
    }
}

fn work() -> Work {
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

fn statistics() -> StatisticsPage {
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

fn entry_pages() -> Vec<(&'static str, String)> {
    let account = |label: &str, login: &str, code: &str| DemoAccount {
        label: label.into(),
        login: login.into(),
        password: "zhushan-demo-2026".into(),
        code: code.into(),
    };
    let login = Login {
        chrome: chrome("登录", Section::None, ""),
        problems: vec![Trouble::at("login", "账号或密码不对，请再试一次。")],
        csrf: "token".into(),
        next: "/my".into(),
        carry: Some("members.0.name=x".into()),
        carries: true,
        login: "citizen".into(),
        register_link: "/register".into(),
        demo_accounts: vec![
            account("群众 张建国", "citizen", ""),
            account("城关镇经办人员 陈志强", "township", "123456"),
        ],
    };
    let mut fields = Entry::all();
    (fields[1].error, fields[1].value) = ("身份证号码应为18位。".into(), "42032".into());
    let register = Register {
        chrome: chrome("注册", Section::None, ""),
        problems: vec![Trouble::at("id_number", "身份证号码应为18位。")],
        csrf: "token".into(),
        next: "/".into(),
        fields,
    };
    let code = Code {
        chrome: chrome("再填一个验证码", Section::None, ""),
        problems: vec![],
        csrf: "token".into(),
        hidden: vec![("ticket", "t".into())],
        demo_codes: vec![("township".into(), "123456".into())],
    };
    let enrol = Enrol {
        chrome: chrome("启用动态验证码", Section::None, "citizen"),
        problems: vec![],
        csrf: "token".into(),
        reason: "",
        secret_grouped: entry::grouped("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
        uri: "otpauth://totp/x".into(),
        action: "/account/totp",
        hidden: vec![],
    };
    let device = |device: &str, current| Device {
        id: "s".into(),
        device: device.into(),
        created: "2026年5月12日 09:00".into(),
        seen: "2026年5月12日 14:30".into(),
        current,
    };
    let account = Account {
        chrome: chrome("我的账号", Section::None, "citizen"),
        problems: vec![],
        told: "那台设备已经退出。",
        csrf: "token".into(),
        login: "citizen".into(),
        name: "张建国".into(),
        rows: vec![
            ("登录名", "citizen".into()),
            ("身份证号", "420323********1012".into()),
        ],
        totp: false,
        sessions: vec![
            device("Chrome（Android）", true),
            device("Firefox（Windows）", false),
        ],
    };
    vec![
        ("login", login.render().unwrap()),
        ("register", register.render().unwrap()),
        ("code", code.render().unwrap()),
        ("enrol", enrol.render().unwrap()),
        ("account", account.render().unwrap()),
    ]
}

fn public_pages() -> Vec<(&'static str, String)> {
    let items = [item()];
    let home = Home {
        chrome: chrome("首页", Section::Home, "citizen"),
        drafts: mine().drafts,
        services: public::service_cards(&items),
        one_things: public::ONE_THINGS,
        notices: vec![notice()],
    };
    let list = Items {
        chrome: chrome("能办什么事", Section::Items, ""),
        query: "低保".into(),
        items: public::find_items(&items, "低保"),
    };
    let guide = GuidePage::new(chrome("最低生活保障", Section::Items, ""), item(), false);
    let help = Help {
        chrome: chrome("使用帮助", Section::Help, "staff"),
        staff: true,
    };
    let notices = Notices {
        chrome: chrome("公示", Section::Notices, ""),
        place: "竹山县".into(),
        told: "湖北省十堰市竹山县的公示".into(),
        notices: vec![notice(), notice()],
        next: "/notices?cursor=x".into(),
    };
    let mut one = NoticePage::new(
        chrome("城关镇最低生活保障初审公示", Section::Notices, ""),
        notice(),
        "token".into(),
        "key".into(),
    );
    one.problems = vec![Trouble::at("content", "请写下您了解的情况。")];
    one.content = EVIL.into();
    let demo = Demo {
        chrome: chrome("调整演示日期", Section::None, ""),
        told: "演示时钟只能向前拨。".into(),
        wrong: true,
        csrf: "token".into(),
        now: "2026年5月12日 14:30".into(),
        weekday: "星期二",
        working: true,
        example: "2026-06-01".into(),
        set: String::new(),
    };
    vec![
        ("home", home.render().unwrap()),
        ("items", list.render().unwrap()),
        ("guide", guide.render().unwrap()),
        ("help", help.render().unwrap()),
        ("notices", notices.render().unwrap()),
        ("notice", one.render().unwrap()),
        ("demo", demo.render().unwrap()),
    ]
}

fn citizen_pages() -> Vec<(&'static str, String)> {
    let due = || {
        case(true)
            .due
            .as_ref()
            .map(|clock| DueView::of(clock, TODAY))
    };
    let own = case(true);
    let page = CasePage {
        chrome: chrome("最低生活保障", Section::Mine, "citizen"),
        told: String::new(),
        waiting: "您".into(),
        due: due(),
        missing: own.missing.clone(),
        tasks: vec![
            task("correct", "提交补正", &json!({}), false, false),
            task("withdraw", "撤回申请", &json!({}), false, true),
        ],
        history: history(),
        notices: own.notices.clone(),
        documents: Paper::documents(&own),
        materials: Paper::materials(&own, &[]),
        sections: SectionView::added(&own, None),
        filled: SectionView::filled(&own, Some(&item()), None),
        case: own.clone(),
    };
    let mut correct = task(
        "correct",
        "提交补正",
        &json!({"properties": {"form": {"type": "object", "title": "申请内容", "properties": schema()["properties"]}}}),
        true,
        false,
    );
    (correct.uploads, correct.back) = (Some(uploads()), Some("/cases/x".into()));
    let action = ActionPage {
        chrome: chrome("提交补正", Section::Mine, "citizen"),
        problems: vec![],
        csrf: "token".into(),
        number: own.number.clone(),
        item_title: own.item_title.clone(),
        missing: own.missing.clone(),
        task: correct,
    };
    let letter = DocumentPage { chrome: chrome("受理通知书", Section::None, "citizen"), number: own.number.clone(), paragraphs: vec!["张建国：".into(), "您于2026年5月8日提交的最低生活保障申请，经审查材料齐全，现予受理。我们将在3个工作日内开始调查，请保持电话畅通。".into()], issued: "2026年5月9日".into() };
    let done = Done {
        chrome: chrome("提交成功", Section::Mine, "citizen"),
        case: own,
        due: due(),
    };
    let wrong = [
        Problem::new(
            "/members/1/income",
            "金额请用数字填写，例如 300 或 300.50。",
        ),
        Problem::new("/members/1/id_number", "请填写“身份证号码”。"),
    ];
    vec![
        ("mine", mine().render().unwrap()),
        ("apply-place", apply(&[1], &[]).render().unwrap()),
        ("apply-person", apply(&[2], &[]).render().unwrap()),
        ("apply-members", apply(&[3], &wrong).render().unwrap()),
        ("apply-story", apply(&[4], &[]).render().unwrap()),
        ("apply-files", apply(&[5], &[]).render().unwrap()),
        ("apply-review", apply(&[6], &[]).render().unwrap()),
        ("done", done.render().unwrap()),
        ("case", page.render().unwrap()),
        ("action", action.render().unwrap()),
        ("document", letter.render().unwrap()),
    ]
}

/// Every page.
pub(super) fn pages() -> Vec<(&'static str, String)> {
    let mut pages = public_pages();
    pages.extend(entry_pages());
    pages.extend(citizen_pages());
    pages.push(("work", work().render().unwrap()));
    pages.push(("officer", officer().render().unwrap()));
    pages.push(("statistics", statistics().render().unwrap()));
    let fault = yiwang_chassis::fault::Fault::not_found();
    let frame = chrome("", Section::None, "");
    pages.push((
        "error",
        crate::portal::failure::message(frame, &fault)
            .render()
            .unwrap(),
    ));
    pages
}
