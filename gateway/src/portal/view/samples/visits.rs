//! Pages of grave-sweeping visits.

use askama::Template;
use jiff::civil::date;
use yiwang_proto::{burial::v1 as pb, casework::v1::MaterialRef};

use super::data::{EVIL, chrome};
use crate::portal::{
    form::{Handed, Picker},
    view::{
        Section, Trouble,
        book::OtherTime,
        visits::{
            ChooseDay, ChoosePlace, ChooseTime, DayLink, Filled, Mine, PlaceLink, Row, TimeLink,
            WhoComes,
            gate::{Expected, Gate, Let},
        },
    },
};

fn facility() -> pb::VisitFacility {
    pb::VisitFacility {
        code: "421224100-GM01".into(),
        name: "通山县青松公益性公墓".into(),
        address: EVIL.into(),
        phone: "0715-2360110".into(),
        division: "421224100".into(),
        most_companions: 4,
        most_cars: 1,
        companion_ids: true,
        ..Default::default()
    }
}

fn visit(kind: &str, state: &str) -> pb::Visit {
    let companion = pb::Companion {
        name: EVIL.into(),
        id_number: String::new(),
    };
    pb::Visit {
        number: "JS421224270404000000197".into(),
        facility_name: "通山县青松公益性公墓".into(),
        facility_address: "湖北省咸宁市通山县通羊镇青松岭".into(),
        starts_at: "2027-04-04T09:00".into(),
        ends_at: "2027-04-04T10:00".into(),
        kind: kind.into(),
        state: state.into(),
        name: "张*".into(),
        companions: vec![companion],
        cars: 1,
        phone: "138****1234".into(),
        place: "张德福，松鹤区3排5号".into(),
        note: match (kind, state) {
            ("on_behalf", "entered") => "已擦拭墓碑，献菊花一束。".into(),
            _ => String::new(),
        },
        photos: match (kind, state) {
            ("on_behalf", "entered") => photo(),
            _ => vec![],
        },
        ..Default::default()
    }
}

fn photo() -> Vec<MaterialRef> {
    let photo = MaterialRef {
        code: "photos".into(),
        file_id: "f1".into(),
        file_name: EVIL.into(),
        size: 1_800_000,
        ..Default::default()
    };
    vec![photo]
}

fn days() -> ChooseDay {
    let day = |day: &str, state: &str, festival: &str| pb::VisitDay {
        day: day.into(),
        state: state.into(),
        free: 30,
        festival: festival.into(),
    };
    let days = [
        day("2027-03-25", "free", ""),
        day("2027-03-26", "full", "清明"),
        day("2027-03-27", "free", "清明"),
    ];
    ChooseDay {
        chrome: chrome("哪一天去？", Section::Items, ""),
        days: days
            .iter()
            .filter_map(|day| DayLink::of(day, "421224100-GM01"))
            .collect(),
        facility: facility(),
    }
}

fn times() -> ChooseTime {
    let slot = |starts_at: &str, ends_at: &str, free| pb::VisitSlot {
        starts_at: starts_at.into(),
        ends_at: ends_at.into(),
        capacity: 30,
        free,
    };
    let slots = [
        slot("2027-04-04T08:00", "2027-04-04T09:00", 0),
        slot("2027-04-04T09:00", "2027-04-04T10:00", 12),
    ];
    ChooseTime {
        chrome: chrome("几点去？", Section::Items, ""),
        day: "2027年4月4日 星期日".into(),
        closed: String::new(),
        times: slots
            .iter()
            .filter_map(|slot| TimeLink::of(slot, "421224100-GM01"))
            .collect(),
        facility: facility(),
    }
}

fn people() -> WhoComes {
    let mut filled = Filled::typed(&facility(), |name| match name {
        "name-1" => EVIL.to_owned(),
        "cars" => "1".to_owned(),
        _ => String::new(),
    });
    let told = "请填写联系电话，例如13800001234。";
    let id = filled.wrong("/phone", told).unwrap();
    let number = filled.wrong("/companions/0/id_number", "公民身份号码应为18位，请核对");
    WhoComes {
        chrome: chrome("谁去？", Section::Items, "citizen"),
        problems: vec![
            Trouble::at(&id, told),
            Trouble::at(&number.unwrap(), "公民身份号码应为18位，请核对"),
        ],
        told: "这个时间的名额不够了。还可以约：4月4日10:00。".into(),
        csrf: "token".into(),
        key: "key".into(),
        name: "张建国".into(),
        at: date(2027, 4, 4).at(9, 0, 0, 0),
        others: OtherTime::of("2027-04-04T10:00".into())
            .into_iter()
            .collect(),
        facility: facility(),
        filled,
    }
}

fn mine() -> Mine {
    let row = |kind, state| Row::of(&visit(kind, state), "key".into()).unwrap();
    Mine {
        chrome: chrome("我的祭扫预约", Section::Mine, "citizen"),
        told: "约好了。到时候在入口给工作人员看下面的码。",
        problems: vec![],
        csrf: "token".into(),
        rows: vec![
            row("in_person", "booked"),
            row("on_behalf", "entered"),
            row("in_person", "no_show"),
        ],
    }
}

fn gate(entered: bool) -> Gate {
    let visits = [visit("in_person", "booked"), visit("on_behalf", "entered")];
    Gate {
        chrome: chrome("祭扫入口", Section::Burial, "staff"),
        tabs: vec![],
        facility: facility(),
        choices: vec![
            ("421224100-GM01".into(), "通山县青松公益性公墓".into()),
            ("421224100-GT01".into(), "通山县永思骨灰堂".into()),
        ],
        csrf: "token".into(),
        key: "key".into(),
        iso: "2027-04-04".into(),
        day: "2027年4月4日 星期日".into(),
        before: "/visits/gate?day=2027-04-03".into(),
        after: "/visits/gate?day=2027-04-05".into(),
        today: true,
        number: EVIL.into(),
        note: String::new(),
        photos: Picker {
            id: "photos".into(),
            code: "photos".into(),
            title: "代祭的照片".into(),
            files: photo().iter().map(Handed::of).collect(),
            photos: true,
            hint: true,
            wrong: false,
        },
        entered: entered.then(|| Let::of(&visits[0])),
        problems: match entered {
            true => vec![],
            false => vec![Trouble::at(
                "number",
                "这个码已经用过，一个码只能进一次。请核对来人。",
            )],
        },
        rows: visits.iter().map(Expected::of).collect(),
    }
}

pub(super) fn pages() -> Vec<(&'static str, String)> {
    let places = ChoosePlace {
        chrome: chrome("预约祭扫", Section::Items, ""),
        place: "通山县".into(),
        told: "湖北省咸宁市通山县可以预约祭扫的地方：".into(),
        facilities: vec![PlaceLink::of(facility())],
    };
    vec![
        ("visits-places", places.render().unwrap()),
        ("visits-days", days().render().unwrap()),
        ("visits-times", times().render().unwrap()),
        ("visits-people", people().render().unwrap()),
        ("visits-mine", mine().render().unwrap()),
        ("visits-gate", gate(true).render().unwrap()),
        ("visits-gate-refused", gate(false).render().unwrap()),
    ]
}
