use super::*;

fn good() -> pb::SaveHallRequest {
    pb::SaveHallRequest {
        division: "421202001".into(),
        name: "温泉街道婚姻登记点".into(),
        address: "湖北省咸宁市咸安区温泉街道".into(),
        phone: "0715-8320520".into(),
        grade: "3A".into(),
        competence: vec!["foreign".into(), "mainland".into()],
        hours: Some(pb::DayHours {
            opens: "8:30".into(),
            closes_noon: "12:00".into(),
            opens_noon: "14：30".into(),
            closes: "17:30".into(),
        }),
        slot_minutes: 30,
        slot_capacity: 3,
        active: true,
        ..Default::default()
    }
}

/// The fields that are wrong after a change.
fn wrong(change: impl FnOnce(&mut pb::SaveHallRequest)) -> Vec<String> {
    let mut request = good();
    change(&mut request);
    match hall(&request) {
        Ok(_) => vec![],
        Err(fault) => fault.fields.into_iter().map(|one| one.field).collect(),
    }
}

#[test]
fn a_good_hall_is_read() {
    let draft = hall(&good()).unwrap();
    assert_eq!(draft.competence, ["mainland", "foreign"]);
    assert_eq!(draft.hours.starts().len(), 13);
    assert_eq!((draft.code.as_str(), draft.population), ("", None));
}

#[test]
fn every_mistake_is_told_at_its_field() {
    let at = |field: &str| vec![field.to_owned()];
    assert_eq!(wrong(|one| one.division = "421202".into()), at("/division"));
    assert_eq!(
        wrong(|one| one.division = "999999999".into()),
        at("/division")
    );
    for code in ["421202001", "421202001-1", "42120200a-01", "421202002-01"] {
        assert_eq!(wrong(|one| one.code = code.into()), at("/code"), "{code}");
    }
    assert!(wrong(|one| one.code = "421202001-07".into()).is_empty());
    // One that is changed has a code.
    assert_eq!(wrong(|one| one.version = 1), at("/code"));
    assert_eq!(wrong(|one| one.name = " ".into()), at("/name"));
    assert_eq!(
        wrong(|one| one.address = "\u{202e}一楼".into()),
        at("/address")
    );
    assert_eq!(wrong(|one| one.phone = "没有".into()), at("/phone"));
    assert_eq!(wrong(|one| one.grade = "6A".into()), at("/grade"));
    assert_eq!(wrong(|one| one.competence.clear()), at("/competence"));
    assert_eq!(
        wrong(|one| one.competence.push("martian".into())),
        at("/competence")
    );
    for capacity in [0, 101] {
        assert_eq!(
            wrong(|one| one.slot_capacity = capacity),
            at("/slot_capacity")
        );
    }
    assert_eq!(wrong(|one| one.slot_minutes = 4), at("/slot_minutes"));
    assert_eq!(wrong(|one| one.population = -1), at("/population"));
}

#[test]
fn hours_follow_each_other_and_hold_a_time() {
    let set = |change: fn(&mut pb::DayHours)| wrong(|one| change(one.hours.as_mut().unwrap()));
    assert_eq!(set(|hours| hours.opens = "八点".into()), ["/hours/opens"]);
    assert_eq!(
        set(|hours| hours.closes = "25:00".into()),
        ["/hours/closes"]
    );
    assert_eq!(set(|hours| hours.closes = "17:3".into()), ["/hours/closes"]);
    assert_eq!(
        set(|hours| hours.opens_noon = "11:00".into()),
        ["/hours/opens_noon"]
    );
    let brief = |hours: &mut pb::DayHours| {
        hours.closes_noon = "8:40".into();
        hours.opens_noon = "8:40".into();
        hours.closes = "8:50".into();
    };
    assert_eq!(set(brief), ["/hours/closes"]);
    assert_eq!(wrong(|one| one.hours = None).len(), 4);
}
