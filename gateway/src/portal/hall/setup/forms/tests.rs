use super::*;

#[test]
fn a_hall_comes_back_from_its_form_as_it_was() {
    let setup = pb::HallSetup {
        hall: Some(pb::Hall {
            code: "421202001-01".into(),
            division: "421202001".into(),
            name: "咸安区婚姻登记处".into(),
            competence: vec!["mainland".into()],
            ..Default::default()
        }),
        active: true,
        hours: Some(pb::DayHours {
            opens: "08:30".into(),
            ..Default::default()
        }),
        slot_minutes: 30,
        slot_capacity: 3,
        population: 500_000,
        ..Default::default()
    };
    let request = request(&value_of(&setup), Some(&setup));
    assert_eq!(request.code, "421202001-01");
    assert_eq!(request.hours, setup.hours);
    assert_eq!(request.competence, ["mainland"]);
    let numbers = (
        request.slot_minutes,
        request.slot_capacity,
        request.population,
    );
    assert_eq!(numbers, (30, 3, 500_000));
    assert!(request.active);
}

#[test]
fn a_day_says_only_what_belongs_to_its_choice() {
    let typed = |set: &str| {
        object(json!({"set": set, "slot_capacity": 30, "opens": "7:00", "reason": "停电"}))
    };
    let open = request_of_day(&typed("open"));
    assert_eq!(open.slot_capacity, 30);
    assert_eq!(open.hours.map(|hours| hours.opens).as_deref(), Some("7:00"));
    let closed = request_of_day(&typed("closed"));
    assert_eq!((closed.hours, closed.slot_capacity), (None, 0));
    assert_eq!(closed.reason, "停电");
    let plain = request_of_day(&object(json!({"set": "open"})));
    assert_eq!(plain.hours, None);
}
