//! A case about a place or a deposit: acts without a database.

use jiff::civil::Date;
use serde_json::{Value, json};
use uuid::Uuid;
use yiwang_burial::domain::{
    ashes_deposit,
    grave::{
        self, account_holder,
        world::{Cremation, Death, Facility, Place, Urn, Zone},
    },
    ledger::{Spot, SpotKind, SpotState, Whereabouts},
};
use yiwang_casework::{Actor, Case, Context, Decision, Item, Refusal};
use yiwang_chassis::identity::Role;

use yiwang_chassis::testing::law::Row;

pub(crate) const USER: &str = "key-user";
pub(crate) const URN: &str = "GH42122426051200000118";
const CODE: &str = "421224100-GM01";
const SPOT: Uuid = Uuid::from_u128(0x5107);
const BESIDE: &str = "MW42122426050100000177";

/// The family's account.
pub(crate) fn family() -> Actor {
    Actor::Citizen {
        account: Uuid::from_u128(7),
        person: Some("key-handler".to_owned()),
    }
}

/// An officer; the name makes the account.
pub(crate) fn officer(name: &str, role: Role) -> Actor {
    let account = name.bytes().fold(7, |sum, b| sum * 31 + u128::from(b));
    Actor::Officer {
        account: Uuid::from_u128(account),
        name: name.to_owned(),
        roles: vec![role],
    }
}

fn id_number(born: &str, serial: u32) -> String {
    let body = format!("421224{}{serial:03}", born.replace('-', ""));
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let digits = body.bytes().map(|digit| u32::from(digit - b'0'));
    let sum: u32 = digits.zip(weights).map(|(digit, by)| digit * by).sum();
    format!("{body}{}", char::from(b"10X98765432"[(sum % 11) as usize]))
}

fn handler() -> Value {
    json!({
        "name": "张三", "id_number": id_number("1975-03-12", 11), "phone": "13800001234",
        "relation": "child",
    })
}

/// A number of a paper; empty when the row has none.
fn number(state: &str, number: &str) -> String {
    if state == "none" {
        String::new()
    } else {
        number.to_owned()
    }
}

/// The form of a row.
pub(crate) fn form(row: &Row) -> Value {
    let living = row.text("exception") != "none";
    let join = match row.text("join") {
        "" => "",
        "ok" => BESIDE,
        _ => "MW42122426050100000274",
    };
    json!({
        "handler": handler(),
        "user": {
            "name": "张大山", "id_number": id_number(row.text("born"), 31),
            "household": row.text("household"), "ethnicity": row.text("ethnicity"),
        },
        "exception": row.text("exception"),
        "exception_reason": if living { "见附件。" } else { "" },
        "death_certificate": number(row.text("death"), "SW1"),
        "cremation_certificate": number(row.text("cremation"), "HZ421224-2026-000017"),
        "cremated_elsewhere": row.flag("elsewhere"),
        "facility": CODE, "spot": SPOT.to_string(), "resident": row.flag("resident"),
        "join_contract": join, "kinship": row.text("kinship"), "years": row.int("years"),
    })
}

/// What the registers say in a row.
pub(crate) fn world(row: &Row) -> grave::World {
    let person = |state: &str| match state {
        "other" => Some("key-other".to_owned()),
        _ => Some(USER.to_owned()),
    };
    let known = |state: &str| !matches!(state, "none" | "unknown");
    let (death, cremation) = (row.text("death"), row.text("cremation"));
    let on: Date = row.parse("on");
    let texts = row.texts("serves");
    grave::World {
        facility: Some(Facility {
            code: CODE.to_owned(),
            name: "青松公墓".to_owned(),
            kind: row.text("facility").to_owned(),
            division: row.text("division").to_owned(),
            serves: texts.into_iter().map(str::to_owned).collect(),
        }),
        place: Some(Place {
            id: SPOT,
            facility: CODE.to_owned(),
            label: "松鹤区3排5号".to_owned(),
            price: "plot_single".to_owned(),
            spot: spot(row),
        }),
        user: Some(USER.to_owned()),
        death: known(death).then(|| Death {
            person: person(death),
            name: "张大山".to_owned(),
            died_on: on,
            voided: death == "void",
        }),
        cremation: known(cremation).then(|| Cremation {
            person: person(cremation),
        }),
        rests: row.flag("rests").then(|| "青松公墓松鹤区1排1号".to_owned()),
        zone: match row.text("zone") {
            "cremation" => Some(Zone::Cremation),
            "burial_reform" => Some(Zone::BurialReform),
            _ => None,
        },
        ..grave::World::default()
    }
}

/// Free, or with the contract that is joined.
fn spot(row: &Row) -> Spot {
    let kind = SpotKind::from_code(row.text("kind")).unwrap();
    let mut spot = Spot::planned(kind, *kind.capacities().end());
    spot.open().unwrap();
    if row.text("join").is_empty() {
        return spot;
    }
    let (now, until) = (
        "2026-01-01T00:00:00Z".parse().unwrap(),
        "2026-01-02T00:00:00Z".parse().unwrap(),
    );
    spot.hold(BESIDE, until, now).unwrap();
    spot.reserve(BESIDE, Some("key-first"), None, now).unwrap();
    spot.occupy(BESIDE).unwrap();
    assert_eq!(spot.state, SpotState::Occupied);
    if !row.flag("room") {
        spot.join(BESIDE, "MW3", Some("key-third"), None).unwrap();
    }
    spot
}

/// A deposit of so many months.
pub(crate) fn deposit_form(months: i64) -> Value {
    json!({
        "handler": handler(),
        "user": { "name": "张大山", "id_number": id_number("1950-01-01", 31) },
        "cremation_certificate": "HZ421224-2026-000017",
        "facility": CODE, "months": months,
    })
}

/// The urn stands in the hall, right after the cremation.
pub(crate) fn deposit_world(division: &str) -> ashes_deposit::World {
    ashes_deposit::World {
        facility: Some(Facility {
            code: CODE.to_owned(),
            name: "永思骨灰堂".to_owned(),
            kind: "columbarium".to_owned(),
            division: division.to_owned(),
            serves: Vec::new(),
        }),
        dead: Some(USER.to_owned()),
        cremation: Some(Cremation {
            person: Some(USER.to_owned()),
        }),
        cremated_here: true,
        urn: Some(Urn {
            number: URN.to_owned(),
            person: Some(USER.to_owned()),
            at: Whereabouts::InHall {
                facility: CODE.to_owned(),
            },
        }),
        ..ashes_deposit::World::default()
    }
}

/// A case as casework would keep it.
pub(crate) struct Life<I: Item> {
    pub(crate) case: Case<I>,
    pub(crate) world: I::World,
}

impl<I: Item> Life<I> {
    /// Files for the family.
    pub(crate) fn filed(form: &Value, world: I::World, cx: &Context<'_>) -> Result<Self, Refusal> {
        let form: I::Form = serde_json::from_value(form.clone()).unwrap();
        let actor = family();
        let cx = Context {
            actor: &actor,
            ..*cx
        };
        let decision = I::submit(&form, &[], &cx, &world)?;
        let case = Case {
            number: format!("{}42122426051200000017", I::PREFIX),
            division: cx.division.to_owned(),
            applicant: "key-handler".to_owned(),
            account: Uuid::from_u128(7),
            form,
            state: decision.state,
            facts: decision.facts,
            materials: Vec::new(),
            clocks: Vec::new(),
            notices: Vec::new(),
            version: 1,
            submitted_on: cx.today(),
        };
        Ok(Self { case, world })
    }

    /// An act of somebody.
    pub(crate) fn act_by(
        &mut self,
        actor: &Actor,
        code: &str,
        data: Value,
        cx: &Context<'_>,
    ) -> Result<Decision<I>, Refusal> {
        let mut tagged = json!({ "action": code });
        if !data.is_null() {
            tagged["data"] = data;
        }
        let action = serde_json::from_value(tagged).unwrap();
        let cx = Context { actor, ..*cx };
        let decision = I::decide(&self.case, action, &cx, &self.world)?;
        self.case.state = decision.state;
        self.case.facts = decision.facts.clone();
        Ok(decision)
    }
}

/// No act passes a place on, renames its user or sells it ahead (国令824号); a slip of the pen is
/// mended by the register only, see `domain::wish`.
#[test]
fn there_is_no_act_that_transfers_or_renames() {
    let codes: Vec<&str> = grave::Grave::actions().iter().map(|act| act.code).collect();
    for never in ["transfer", "sell", "resell", "rename", "change_user"] {
        assert!(!codes.contains(&never), "{never}");
    }
    let holder = account_holder(Uuid::nil());
    assert!(
        holder.starts_with("account:"),
        "cases and accounts never share a name"
    );
}
