//! Pages of booking.

use askama::Template;
use jiff::{ToSpan as _, civil::date};
use yiwang_proto::marriage::v1 as pb;

use super::data::{EVIL, chrome};
use crate::portal::view::{
    Section, Trouble,
    book::{
        Appointments, Booked, Choices, ChooseDay, ChooseHall, ChooseKind, ChooseTime, Filled,
        HallLink, OtherTime, People, Row, TimeLink,
    },
    hall::Kind,
};

fn hall() -> pb::Hall {
    pb::Hall {
        code: "421202001-01".into(),
        name: "咸安区婚姻登记处".into(),
        address: EVIL.into(),
        phone: "12345".into(),
        hours: "工作日 8:30至12:00，14:30至17:30".into(),
        competence: vec!["mainland".into(), "taiwan".into()],
        ..Default::default()
    }
}

fn choices() -> Choices {
    Choices {
        kind: Some(Kind::Marriage),
        place: "咸安区".into(),
        hall: Some(hall()),
        at: Some(date(2026, 5, 20).at(9, 0, 0, 0)),
    }
}

fn people() -> People {
    let mut filled = Filled::new(Kind::Marriage);
    if let Some(ceremony) = &mut filled.ceremony {
        ceremony.wished = true;
        ceremony.guests = "99".into();
        ceremony.error = "颁证厅最多接待20位来宾，请填0到20之间的数。".into();
    }
    let entries = &mut filled.entries;
    entries[0].value = "张建国".into();
    entries[2].value = EVIL.into();
    entries[3].value = "42032".into();
    entries[3].error = "公民身份号码应为18位，请核对".into();
    let mut page = People {
        chrome: chrome("谁来办？", Section::Items, "citizen"),
        chosen: vec![],
        problems: vec![
            Trouble::at("id_b", entries[3].error.clone()),
            Trouble::at("guests", "颁证厅最多接待20位来宾，请填0到20之间的数。"),
        ],
        told: "这个时间约满了。还可以约：5月20日9:30。不预约也可以直接到现场办理。".into(),
        csrf: "token".into(),
        key: "key".into(),
        who: "0123456789abcdef".into(),
        kind: "",
        place: String::new(),
        hall: String::new(),
        at: String::new(),
        others: ["2026-05-20T09:30", "2026-05-21T09:00"]
            .into_iter()
            .filter_map(|at| OtherTime::of(at.into()))
            .collect(),
        filled,
    };
    page.carry(&choices());
    page
}

/// Counselling by phone, for one.
fn talk() -> People {
    let filled = Filled {
        by_phone: Some(true),
        ..Filled::new(Kind::Counselling)
    };
    let choices = Choices {
        kind: Some(Kind::Counselling),
        ..choices()
    };
    let mut page = People {
        filled,
        problems: vec![],
        told: String::new(),
        others: vec![],
        ..people()
    };
    page.carry(&choices);
    page
}

fn days() -> Vec<pb::Day> {
    let from = date(2026, 5, 13);
    let days = from.series(1.day()).take(31).zip(0..);
    let day = |(day, free): (jiff::civil::Date, i32)| pb::Day {
        day: day.to_string(),
        state: match free % 7 {
            3 | 4 => "closed".into(),
            0 => "full".into(),
            _ => "free".into(),
        },
        free,
    };
    days.map(day).collect()
}

fn mine() -> Appointments {
    let appointment = |state: &str| pb::Appointment {
        number: "YY421202260520000001297".into(),
        hall_name: "咸安区婚姻登记处".into(),
        hall_address: "湖北省咸宁市咸安区".into(),
        starts_at: "2026-05-20T09:00".into(),
        kind: "marriage".into(),
        state: state.into(),
        visitors: vec![pb::Visitor {
            name: "张**".into(),
            ..Default::default()
        }],
        ..Default::default()
    };
    let row = |state| Row::of(&appointment(state), "key".into());
    Appointments {
        chrome: chrome("我的预约", Section::Mine, "citizen"),
        told: "预约已经取消，名额让给别人了。",
        problems: vec![],
        csrf: "token".into(),
        rows: vec![row("booked"), row("cancelled"), row("no_show")],
    }
}

pub(super) fn pages() -> Vec<(&'static str, String)> {
    let without_hall = Choices {
        hall: None,
        at: None,
        ..choices()
    };
    let without_time = Choices {
        at: None,
        ..choices()
    };
    let kind = ChooseKind::new(chrome("预约婚姻登记", Section::Items, ""));
    let hall = ChooseHall {
        chrome: chrome("到哪里办？", Section::Items, ""),
        chosen: without_hall.chosen(),
        kind: "marriage",
        place: "咸安区".into(),
        told: "湖北省咸宁市咸安区的登记处：".into(),
        halls: vec![HallLink::of(hall(), &without_hall)],
    };
    let day = chrome("哪一天来？", Section::Items, "");
    let day = ChooseDay::new(day, &without_time, &days());
    let slot = |starts_at: &str, free| pb::Slot {
        starts_at: starts_at.into(),
        capacity: 3,
        free,
    };
    let slots = [slot("2026-05-20T08:30", 0), slot("2026-05-20T09:00", 3)];
    let time = ChooseTime {
        chrome: chrome("几点来？", Section::Items, ""),
        chosen: without_time.chosen(),
        day: "2026年5月20日 星期三".into(),
        closed: String::new(),
        times: slots
            .iter()
            .filter_map(|slot| TimeLink::of(slot, &without_time))
            .collect(),
        other_day: without_time.href(&[]),
    };
    let done = Booked {
        chrome: chrome("预约成功", Section::Mine, "citizen"),
        number: "YY421202260520000001297".into(),
        what: "结婚登记",
        hall: "咸安区婚姻登记处".into(),
        address: "湖北省咸宁市咸安区".into(),
        time: "2026年5月20日 星期三 9:00".into(),
        bring: vec![("双方居民身份证".into(), "原件，在有效期内。".into())],
        counselling: false,
        by_phone: false,
        ceremony: "颁证仪式，来宾4人".into(),
    };
    let counselled = Booked {
        chrome: chrome("预约成功", Section::Mine, "citizen"),
        number: "YY421202260520000001297".into(),
        what: "婚姻家庭辅导",
        hall: "咸安区婚姻登记处".into(),
        address: "湖北省咸宁市咸安区".into(),
        time: "2026年5月20日 星期三 9:00".into(),
        bring: vec![],
        counselling: true,
        by_phone: true,
        ceremony: String::new(),
    };
    vec![
        ("book-kind", kind.render().unwrap()),
        ("book-hall", hall.render().unwrap()),
        ("book-day", day.render().unwrap()),
        ("book-time", time.render().unwrap()),
        ("book-people", people().render().unwrap()),
        ("book-talk", talk().render().unwrap()),
        ("book-done", done.render().unwrap()),
        ("book-talk-done", counselled.render().unwrap()),
        ("appointments", mine().render().unwrap()),
    ]
}
