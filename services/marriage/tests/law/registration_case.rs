//! A couple in 嘉鱼 on 2026-03-02, the woman first, and their case from act to act.

use jiff::civil::{date, time};
use serde_json::{Value, json};
use uuid::Uuid;
use yiwang_casework::{Actor, Case, Context, Decision, Item, Refusal};
use yiwang_chassis::identity::Role;
use yiwang_marriage::domain::{
    marriage_registration::{Action, Form, MarriageRegistration},
    party::Residence,
    record::{Hall, Known},
    world::World,
};

use crate::surroundings;

pub(crate) type Decided = Result<Decision<MarriageRegistration>, Refusal>;

const HALL: &str = "421221100-01";
pub(crate) const NUMBER: &str = "J421221-2026-000001";

pub(crate) fn id_number(born: &str, serial: &str) -> String {
    complete(&format!("421221{born}{serial}"))
}

/// Seventeen digits with their check character.
pub(crate) fn complete(body: &str) -> String {
    let sum: u32 = body
        .bytes()
        .zip([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    format!(
        "{body}{}",
        ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][sum as usize % 11]
    )
}

pub(crate) fn form(change: Value) -> Form {
    let mut form = json!({
        "hall": HALL,
        "a": { "name": "李桂芳", "id_number": id_number("19970820", "002") },
        "b": { "name": "王小明", "id_number": id_number("19960510", "001") },
    });
    for (key, value) in change.as_object().unwrap() {
        form[key] = value.clone();
    }
    serde_json::from_value(form).unwrap()
}

pub(crate) fn registrar() -> Actor {
    Actor::Officer {
        account: Uuid::from_u128(5),
        name: "周登记".to_owned(),
        roles: vec![Role::Clerk],
    }
}

pub(crate) fn world() -> World {
    World {
        hall: Some(Hall {
            code: HALL.to_owned(),
            name: "嘉鱼县民政局婚姻登记处".to_owned(),
            division: "421221100".to_owned(),
            competence: vec![Residence::Mainland],
            closes: time(17, 30, 0, 0),
        }),
        qualified: true,
        keys: vec!["woman".to_owned(), "man".to_owned()],
        people: vec![Known::default(), Known::default()],
        next_number: Some(NUMBER.to_owned()),
        registered: Vec::new(),
    }
}

pub(crate) fn context(actor: &Actor) -> Context<'_> {
    Context {
        actor,
        ..surroundings::context(date(2026, 3, 2).at(10, 0, 0, 0))
    }
}

pub(crate) fn submit(form: &Form, actor: &Actor, world: &World) -> Decided {
    MarriageRegistration::submit(form, &[], &context(actor), world)
}

pub(crate) fn act(
    case: &Case<MarriageRegistration>,
    code: &str,
    data: Value,
    world: &World,
) -> Decided {
    let action: Action = serde_json::from_value(match data {
        Value::Null => json!({ "action": code }),
        data => json!({ "action": code, "data": data }),
    })
    .unwrap();
    let mut specs = MarriageRegistration::actions().iter();
    let spec = specs.find(|spec| spec.code == code).unwrap();
    assert!(
        spec.from.contains(&case.state),
        "{code} from {:?}",
        case.state
    );
    assert_eq!(MarriageRegistration::code_of(&action), code);
    MarriageRegistration::decide(case, action, &context(&registrar()), world)
}

/// A case whose police check came back in order.
pub(crate) fn answered(form: Form, world: &World) -> Case<MarriageRegistration> {
    let decision = submit(&form, &registrar(), world).unwrap();
    let case = Case {
        number: "JH4212212603020000001".to_owned(),
        division: "421221100".to_owned(),
        applicant: "woman".to_owned(),
        account: Uuid::from_u128(5),
        form,
        state: decision.state,
        facts: decision.facts,
        materials: Vec::new(),
        clocks: Vec::new(),
        notices: Vec::new(),
        version: 1,
        submitted_on: date(2026, 3, 2),
    };
    let answer = json!({ "status": "done", "people": [
        { "match": true, "alive": true }, { "match": true, "alive": true },
    ] });
    moved(case, "identity_answered", answer, world).0
}

pub(crate) fn moved(
    mut case: Case<MarriageRegistration>,
    code: &str,
    data: Value,
    world: &World,
) -> (Case<MarriageRegistration>, Decision<MarriageRegistration>) {
    let decision = act(&case, code, data, world).unwrap();
    case.state = decision.state;
    case.facts = decision.facts.clone();
    case.version += 1;
    (case, decision)
}

pub(crate) fn signed() -> Value {
    json!({ "both_present": true, "a_signed": true, "b_signed": true, "illness_told": true })
}

pub(crate) fn willing() -> Value {
    json!({ "a_willing": true, "b_willing": true })
}

pub(crate) fn code(decided: &Decided) -> &'static str {
    decided.as_ref().err().map_or("", |refusal| refusal.code)
}
