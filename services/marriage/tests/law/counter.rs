//! A case at the counter of one hall: acts, clocks and register without a database.

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time},
    tz,
};
use serde_json::{Value, json};
use uuid::Uuid;
use yiwang_casework::{Actor, Case, ClockOp, Context, Decision, Item, Refusal};
use yiwang_chassis::identity::Role;
use yiwang_marriage::domain::{
    party::Residence,
    record::{Hall, Known, Record, RecordState},
    world::World,
};

use crate::surroundings::context;

pub(crate) const HALL: &str = "嘉鱼县婚姻登记处";
pub(crate) const MAN: &str = "key-man";
pub(crate) const WOMAN: &str = "key-woman";
pub(crate) const NUMBER: &str = "J421221-2015-000020";

/// The marriage the couples here have.
pub(crate) const RECORD: Uuid = Uuid::from_u128(0x1520);

/// A registrar.
pub(crate) fn registrar() -> Actor {
    officer("陈静", Role::Clerk)
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

/// Time or event.
pub(crate) fn system() -> Actor {
    Actor::System(String::new())
}

/// A form's party; an odd serial is a man's.
pub(crate) fn party(name: &str, born: &str, serial: u32) -> Value {
    let body = format!("421221{}{serial:03}", born.replace('-', ""));
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body
        .bytes()
        .zip(weights)
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    let check = char::from(b"10X98765432"[(sum % 11) as usize]);
    json!({ "name": name, "id_number": format!("{body}{check}") })
}

pub(crate) fn man() -> Value {
    party("张伟", "1988-03-12", 11)
}

pub(crate) fn woman() -> Value {
    party("李娜", "1990-07-25", 22)
}

/// The record of the two in this state.
pub(crate) fn record(state: RecordState) -> Record {
    let ended: Date = "2020-06-01".parse().unwrap();
    let married: Date = "2015-05-20".parse().unwrap();
    Record {
        id: RECORD,
        number: NUMBER.to_owned(),
        spouses: [MAN.to_owned(), WOMAN.to_owned()],
        state,
        registered_on: married,
        effective_from: married,
        ended_on: (state != RecordState::Valid).then_some(ended),
        hall: None,
        certificates: Vec::new(),
    }
}

/// Both with these records, and a registrar of the hall.
pub(crate) fn world(records: &[Record]) -> World {
    let known = || Known {
        records: records.to_vec(),
        ..Known::default()
    };
    // The tables' default; each hall sets its own.
    let closes: Time = "17:30".parse().unwrap();
    World {
        hall: Some(Hall {
            code: "421221100-01".to_owned(),
            name: HALL.to_owned(),
            division: "421221100".to_owned(),
            competence: vec![Residence::Mainland],
            closes,
        }),
        qualified: true,
        keys: vec![MAN.to_owned(), WOMAN.to_owned()],
        people: vec![known(), known()],
        next_number: Some("L421221-2025-000007".to_owned()),
        registered: Vec::new(),
    }
}

/// A case as casework would keep it.
pub(crate) struct Life<I: Item> {
    pub(crate) case: Case<I>,
    pub(crate) world: World,
    clocks: Vec<(String, Timestamp)>,
}

impl<I: Item<World = World>> Life<I> {
    /// Files at the counter; what the decision says besides is looked at by `seen`.
    pub(crate) fn filed(form: &Value, world: World, at: DateTime) -> Result<Self, Refusal> {
        Self::filed_by(&registrar(), form, world, &context(at))
    }

    pub(crate) fn filed_by(
        actor: &Actor,
        form: &Value,
        world: World,
        surroundings: &Context<'_>,
    ) -> Result<Self, Refusal> {
        let form: I::Form = serde_json::from_value(form.clone()).unwrap();
        let cx = Context {
            actor,
            ..*surroundings
        };
        let decision = I::submit(&form, &[], &cx, &world)?;
        let case = Case {
            number: format!("{}421221202501020000000017", I::PREFIX),
            division: cx.division.to_owned(),
            applicant: MAN.to_owned(),
            account: Uuid::nil(),
            form,
            state: decision.state,
            facts: decision.facts,
            materials: Vec::new(),
            clocks: Vec::new(),
            notices: Vec::new(),
            version: 1,
            submitted_on: cx.today(),
        };
        Ok(Self {
            case,
            world,
            clocks: Vec::new(),
        })
    }

    /// An act of the registrar.
    pub(crate) fn act(
        &mut self,
        code: &str,
        data: Value,
        at: DateTime,
    ) -> Result<Decision<I>, Refusal> {
        self.act_by(&registrar(), code, data, &context(at))
    }

    /// An act of somebody in some surroundings.
    pub(crate) fn act_by(
        &mut self,
        actor: &Actor,
        code: &str,
        data: Value,
        surroundings: &Context<'_>,
    ) -> Result<Decision<I>, Refusal> {
        let mut tagged = json!({ "action": code });
        if !data.is_null() {
            tagged["data"] = data;
        }
        let action = serde_json::from_value(tagged).unwrap();
        let cx = Context {
            actor,
            ..*surroundings
        };
        self.take(action, &cx)
    }

    /// The police find both, alive.
    pub(crate) fn identified(&mut self, people: usize, at: DateTime) {
        let people = vec![json!({ "match": true, "alive": true }); people];
        let answer = json!({ "status": "done", "people": people });
        let action = I::on_answer("identity.check", answer).unwrap();
        let actor = Actor::Department("公安机关".to_owned());
        let cx = Context {
            actor: &actor,
            ..context(at)
        };
        self.take(action, &cx).unwrap();
    }

    /// Fires what falls due until then, but for the clock called `but`.
    pub(crate) fn clocks_until(&mut self, at: DateTime, but: &str) {
        let now = tz::offset(8).to_timestamp(at).unwrap();
        loop {
            let due = self
                .clocks
                .iter()
                .filter(|(name, due)| *due <= now && name != but);
            let Some((name, due)) = due.min_by_key(|(_, due)| *due).cloned() else {
                return;
            };
            self.clocks.retain(|(other, _)| *other != name);
            let action = I::on_clock(&name).unwrap();
            let instant = tz::offset(8).to_datetime(due);
            // A refusal is a case that moved on without the clock.
            let _ = self.take(action, &context(instant));
        }
    }

    fn take(&mut self, action: I::Action, cx: &Context<'_>) -> Result<Decision<I>, Refusal> {
        let code = I::code_of(&action);
        let spec = I::actions().iter().find(|spec| spec.code == code).unwrap();
        let decision = I::decide(&self.case, action, cx, &self.world)?;
        if !spec.from.contains(&self.case.state) {
            return Err(Refusal::new("WRONG_STATE", "由办件框架拒绝"));
        }
        self.case.state = decision.state;
        self.case.facts = decision.facts.clone();
        if let Some(form) = &decision.form {
            self.case.form = form.clone();
        }
        self.case.version += 1;
        for op in &decision.clocks {
            let name = match op {
                ClockOp::Start(clock) => &clock.name,
                ClockOp::Stop(name) => name,
            };
            self.clocks.retain(|(other, _)| other != name);
            if let ClockOp::Start(clock) = op {
                self.clocks.push((clock.name.clone(), clock.due_at));
            }
        }
        Ok(decision)
    }
}
