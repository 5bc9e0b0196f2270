//! Pages of citizens.

use askama::Template;
use serde_json::{Map, Value, json};
use yiwang_proto::marriage::v1::Record;

use super::data::*;
use crate::portal::{
    form::{
        self, Form, Problem, Surroundings,
        steps::{self, Step},
    },
    view::{
        Section, Trouble,
        apply::{Apply, Done, Group, Part, Slot, StepLink, Uploads},
        case::{ActionPage, CasePage, DocumentPage, Paper, Task},
        facts::SectionView,
        format::DueView,
        mine::{CaseLink, Marriage, Message, Mine},
        public::DraftLink,
    },
};

pub(super) fn group(
    step: &Step,
    number: usize,
    value: &Map<String, Value>,
    problems: &[Problem],
) -> Group {
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

pub(super) fn uploads() -> Uploads {
    let item = item();
    let case = case(true);
    let specs = &item.guide.as_ref().unwrap().materials;
    let mut slots: Vec<Slot> = specs[..2]
        .iter()
        .map(|spec| Slot::of(spec, &case.materials))
        .collect();
    slots[1].error = "文件不能超过 10 MB，请压缩或重新拍照后再上传。".into();
    slots[1]
        .files
        .push(yiwang_proto::casework::v1::MaterialRef {
            code: "a".into(),
            file_id: "x".into(),
            file_name: EVIL.into(),
            size: 1_000,
            ..Default::default()
        });
    Uploads {
        max_size: "10.0 MB".into(),
        slots,
    }
}

pub(super) fn apply(shown: &[usize], problems: &[Problem]) -> Apply {
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

pub(super) fn task(code: &str, label: &str, schema: &Value, open: bool, grave: bool) -> Task {
    let form = Form::read(schema);
    let scope = format!("{code}-");
    let around = Surroundings {
        problems: &[],
        scope: &scope,
    };
    Task {
        code: code.into(),
        post: format!("/cases/N/actions/{code}#task-{code}"),
        label: label.into(),
        hint: "受理后3个工作日内启动调查。".into(),
        grave,
        open,
        unconfirmed: grave,
        fields: form::draw(&form.fields, &Map::new(), &around),
        uploads: None,
        takes_files: form.takes_files(),
        key: "key".into(),
        version: 4,
        back: None,
        elsewhere: code == "amend",
        ripple: None,
    }
}

pub(super) fn mine() -> Mine {
    let message = |text: &str, unread| Message {
        link: ("/cases/DB420323260512000001X".into(), "查看办件"),
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
        marital: "已婚",
        marriages: vec![Marriage::of(&Record {
            number: "2026-000001".into(),
            state: "valid".into(),
            state_label: "有效".into(),
            registered_on: "2026-05-12".into(),
            names: vec!["张建国".into(), "李梅".into()],
            hall_name: "竹山县婚姻登记处".into(),
            ..Default::default()
        })],
        unread: 1,
        messages: vec![
            message("请补交1项材料：自己负担的医疗费用票据。", true),
            message(EVIL, false),
        ],
    }
}

pub(super) fn citizen_pages() -> Vec<(&'static str, String)> {
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
        dates: None,
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
        bills: vec![],
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
