//! Pages for those who keep the halls.

use askama::Template;
use serde_json::{Value, json};
use yiwang_proto::marriage::v1 as pb;

use super::data::*;
use crate::portal::{
    form::{self, Form, Problem, Surroundings},
    view::{
        Section, Trouble,
        hall::setup::{
            DayForm, DaysPage, HallFormPage, RegistrarView, RegistrarsPage, SetupPage, SetupView,
            booked, weeks,
        },
    },
};

pub(super) fn pages() -> Vec<(&'static str, String)> {
    vec![
        ("hall-setup", list().render().unwrap()),
        ("hall-setup-form", hall().render().unwrap()),
        ("hall-setup-registrars", registrars().render().unwrap()),
        ("hall-setup-days", days().render().unwrap()),
    ]
}

fn setup(active: bool) -> SetupView {
    SetupView::of(&pb::HallSetup {
        hall: Some(pb::Hall {
            code: if active {
                "421202001-01"
            } else {
                "421202001-02"
            }
            .into(),
            name: if active {
                "咸安区婚姻登记处"
            } else {
                EVIL
            }
            .into(),
            address: "湖北省咸宁市咸安区温泉街道政务服务中心一楼".into(),
            grade: if active { "4A" } else { "" }.into(),
            hours: "工作日 8:30至12:00，14:30至17:30".into(),
            ..Default::default()
        }),
        active,
        slot_minutes: 30,
        slot_capacity: 3,
        registrars: 2,
        warnings: match active {
            true => vec!["4A级登记处至少要有5名登记员，现在能够登记的有2名。".into()],
            false => vec![],
        },
        ..Default::default()
    })
}

fn list() -> SetupPage {
    SetupPage {
        chrome: chrome("登记处设置", Section::Hall, "staff"),
        told: "已经保存。",
        halls: vec![setup(true), setup(false)],
    }
}

fn drawn(schema: &Value, value: &Value, problems: &[Problem]) -> (Vec<Trouble>, Vec<form::Drawn>) {
    let form = Form::read(schema);
    let around = Surroundings {
        problems,
        ..Surroundings::default()
    };
    let fields = form::draw(&form.fields, value.as_object().unwrap(), &around);
    (Trouble::of_form(&form, problems, ""), fields)
}

fn hall() -> HallFormPage {
    let schema = json!({"required": ["name", "opens"], "properties": {
        "name": {"type": "string", "title": "名称", "maxLength": 40},
        "opens": {"type": "string", "title": "上午开门", "description": "例如8:30。"},
        "active": {"type": "boolean", "x-widget": "checkbox", "title": "正常办公"}}});
    let value = json!({"name": EVIL, "opens": "八点半", "active": true});
    let wrong = [Problem::new("/opens", "请填写时间，例如8:30。")];
    let (problems, fields) = drawn(&schema, &value, &wrong);
    HallFormPage {
        chrome: chrome("咸安区婚姻登记处", Section::Hall, "staff"),
        problems,
        csrf: "token".into(),
        key: "key".into(),
        post: "/hall/setup/421202001-01".into(),
        version: 3,
        hall: Some(setup(true)),
        fields,
    }
}

fn registrars() -> RegistrarsPage {
    let schema = json!({"required": ["qualified_until"], "properties": {
        "qualified_until": {"type": "string", "x-widget": "date", "title": "资格有效期到"}}});
    let (problems, fields) = drawn(&schema, &json!({"qualified_until": "2028-12-31"}), &[]);
    let path = "/hall/setup/421202001-01/registrars";
    let one = |name: &str, active, may_register| {
        let one = pb::Registrar {
            account: "0190".into(),
            name: name.into(),
            active,
            may_register,
            qualified_until: "2026-12-31".into(),
            examined_on: if active { "2024-03-05" } else { "" }.into(),
            ..Default::default()
        };
        RegistrarView::of(&one, path)
    };
    RegistrarsPage {
        chrome: chrome("咸安区婚姻登记处：登记员", Section::Hall, "staff"),
        told: "已经保存。",
        problems,
        csrf: "token".into(),
        key: "key".into(),
        post: path.into(),
        hall: setup(true),
        registrars: vec![
            one("孙丽", true, true),
            one("徐静", true, false),
            one(EVIL, false, false),
        ],
        account: Some("0190".into()),
        heading: "修改：孙丽".into(),
        fields,
    }
}

fn days() -> DaysPage {
    let schema = json!({"required": ["set"], "properties": {
        "set": {"title": "这一天", "oneOf": [
            {"const": "usual", "title": "照常"}, {"const": "closed", "title": "不办公"}]},
        "reason": {"type": "string", "title": "原因", "maxLength": 60}}});
    let wrong = [Problem::new("/cancels", "这样设定后，有2个预约来不了。")];
    let value = json!({"set": "closed", "reason": EVIL});
    let (problems, fields) = drawn(&schema, &value, &wrong);
    let path = "/hall/setup/421202001-01/days";
    let day = |at: i8| pb::HallDay {
        day: format!("2026-05-{at:02}"),
        open: at % 7 > 2,
        set: match at {
            18 => "closed",
            20 => "open",
            _ => "",
        }
        .into(),
        booked: 4,
        places: 39,
        ..Default::default()
    };
    let named = [
        "2026-05-20T09:00 结婚登记 YY4212022605200000010".to_owned(),
        "2026-05-20T09:30 婚姻家庭辅导 YY4212022605200000029".to_owned(),
    ];
    DaysPage {
        chrome: chrome("咸安区婚姻登记处：开放日和名额", Section::Hall, "staff"),
        told: String::new(),
        problems,
        csrf: "token".into(),
        key: "key".into(),
        post: path.into(),
        hall: setup(true),
        weeks: weeks(&(12..=31).map(day).collect::<Vec<_>>(), path),
        form: Some(DayForm::of("2026-05-20", fields, booked(&named))),
    }
}
