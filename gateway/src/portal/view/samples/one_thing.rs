//! One-things.

use askama::Template;
use jiff::civil::date;
use serde_json::json;

use super::data::{EVIL, chrome};
use crate::{
    one_thing::{definitions::AFTER_DEATH, form as forms, present::StepView, service::Verb},
    portal::{
        form::{self, Form, Surroundings},
        view::{
            Section,
            apply::{Part, StepLink},
            one_thing::{Apply, Correct, Kind, Line, List, Page, Row, SentBack, Stuck},
        },
    },
};

fn step(code: &str, title: &str, state: &str, label: &'static str) -> StepView {
    StepView {
        code: code.into(),
        title: title.into(),
        owner: "公安机关户籍部门".into(),
        state: state.into(),
        label,
        open: state != "done" && state != "not_needed",
        words: String::new(),
        asks: String::new(),
        task: "",
        link: None,
        answerable: false,
        clock: "2个工作日（户口登记条例 8）".into(),
        last_day: Some(date(2026, 5, 14)),
        overdue: false,
        number: String::new(),
        is_case: false,
        changed: "2026-05-12T01:00:00Z".parse().unwrap(),
        attempts: 1,
        reason_code: String::new(),
        verbs: vec![],
    }
}

fn steps() -> Vec<StepView> {
    vec![
        StepView {
            clock: String::new(),
            last_day: None,
            ..step("death", "死亡证明", "done", "已办结")
        },
        StepView {
            number: "ZS4203232605120000001".into(),
            is_case: true,
            ..step("funeral", "遗体接运、治丧服务", "done", "已办结")
        },
        StepView {
            words: format!("登记的姓名与死亡证明不一致。{EVIL}"),
            overdue: true,
            verbs: vec![Verb::Retry, Verb::Return, Verb::Skip],
            ..step(
                "household",
                "户口注销、居民身份证收缴",
                "stuck",
                "工作人员在处理",
            )
        },
        StepView {
            asks: "请带身份证到窗口核对。".into(),
            link: Some(("/apply/minimum-living", "填写低保申请")),
            answerable: true,
            verbs: vec![Verb::Answered, Verb::Skip],
            ..step("check", "核对", "waiting", "需要您办")
        },
        StepView {
            words: "公积金已经支付给继承人。金额45800.00元。".into(),
            number: "GD-420323".into(),
            ..step("housing-fund", "住房公积金提取", "done", "已办结")
        },
        StepView {
            words: format!("银行账号少一位。{EVIL}"),
            asks: "请更正申请表里的您本人的银行账号。原因：银行账号少一位。".into(),
            ..step("pension", "养老待遇终止", "returned", "需要更正申请表")
        },
        step("licence", "机动车驾驶证注销", "not_needed", "不需要办"),
    ]
}

fn page(told: &'static str, own: bool, ended: bool) -> Page {
    let user = if own { "citizen" } else { "staff" };
    Page {
        chrome: chrome("公民身后一件事", Section::Mine, user),
        told,
        number: "YS42032326051200000012".into(),
        started: "2026年5月12日".into(),
        state: "部分办结",
        ended,
        expects: false,
        promise: "最晚2026年5月15日全部办结。".into(),
        may_withdraw: own && !ended,
        void: if ended {
            "死亡登记已经撤销"
        } else {
            ""
        },
        no_way_back: "户口注销、火化".into(),
        own,
        steers: !own,
        csrf: "token".into(),
        key: "key".into(),
        steps: steps(),
        correctable: vec![("/bank_account".into(), "您本人的银行账号".into())],
        history: vec![Line {
            text: "“公民身后一件事”已受理，各部门同时办理。".into(),
            at: "2026年5月12日 09:00".into(),
            iso: "2026-05-12T01:00:00Z".into(),
        }],
    }
}

fn apply(review: bool) -> Apply {
    let form = Form::read(&forms::schema(
        &AFTER_DEATH,
        &[("421224100-B1".into(), "通山县殡仪馆".into())],
    ));
    let value = json!({"name": "张德福", "funeral": "arrange", "licence": true});
    let value = value.as_object().unwrap().clone();
    let title = if review {
        "核对并提交"
    } else {
        "身后事"
    };
    Apply {
        chrome: chrome(title, Section::Items, "citizen"),
        code: "after-death",
        heading: format!("公民身后一件事：{title}"),
        problems: vec![],
        csrf: "token".into(),
        key: "key".into(),
        current: if review { 2 } else { 1 },
        fields: match review {
            true => vec![],
            false => form::draw(&form.fields, &value, &Surroundings::default()),
        },
        review: match review {
            true => vec![Part {
                number: 1,
                title: "逝者".into(),
                lines: form::summarise(&form.fields, &value),
                files: vec![],
            }],
            false => vec![],
        },
        forward: if review { "submit" } else { "next" },
        forward_label: if review { "提交" } else { "下一步" },
        steps: vec![
            StepLink {
                number: 1,
                title: "身后事".into(),
                current: !review,
                done: review,
            },
            StepLink {
                number: 2,
                title: "核对并提交".into(),
                current: review,
                done: false,
            },
        ],
    }
}

fn correct() -> Correct {
    let value = json!({"name": EVIL, "bank_account": "6217"});
    let value = value.as_object().unwrap();
    let fields = forms::correctable(&AFTER_DEATH, value, &[]);
    Correct {
        chrome: chrome("更正申请表", Section::Mine, "citizen"),
        number: "YS42032326051200000012".into(),
        title: "公民身后一件事",
        problems: vec![],
        csrf: "token".into(),
        key: "key".into(),
        asked: "pension".into(),
        steps: vec![SentBack {
            title: "养老待遇终止",
            reason: format!("银行账号少一位。{EVIL}"),
        }],
        fields: form::draw(&fields, value, &Surroundings::default()),
    }
}

pub(super) fn pages() -> Vec<(&'static str, String)> {
    let row = || Row {
        number: "YS42032326051200000012".into(),
        title: "公民身后一件事",
        state: "部分办结",
        ended: false,
        started: "2026年5月12日".into(),
        promise: "2026年5月15日".into(),
    };
    let list = List {
        chrome: chrome("一件事一次办", Section::Items, "citizen"),
        kinds: vec![Kind {
            code: "after-death",
            title: "公民身后一件事",
            about: "一张表办完。",
            draft: true,
        }],
        own: vec![row()],
    };
    let desk = |ones| Stuck {
        chrome: chrome("一件事：待处理", Section::Work, "staff"),
        ones,
    };
    vec![
        ("one-things", list.render().unwrap()),
        ("one-things-desk", desk(vec![row()]).render().unwrap()),
        ("one-things-desk-empty", desk(vec![]).render().unwrap()),
        ("one-thing-apply", apply(false).render().unwrap()),
        ("one-thing-correct", correct().render().unwrap()),
        ("one-thing-review", apply(true).render().unwrap()),
        (
            "one-thing",
            page("已经提交。", true, false).render().unwrap(),
        ),
        (
            "one-thing-officer",
            page("", false, false).render().unwrap(),
        ),
        ("one-thing-ended", page("", true, true).render().unwrap()),
    ]
}
