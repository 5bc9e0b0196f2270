//! Which entry of which record is meant, and whether it may be corrected at all (rules A5.7).

use yiwang_casework::Refusal;
use yiwang_civic::identity_document::IdentityDocument;

use super::form::{Form, Whose, Wrong};
use crate::domain::{
    desk::at_field,
    number::Prefix,
    record::{Entry, Known, Record, RecordState},
    world::World,
};

/// What a correction is about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Target<'a> {
    /// The registration.
    pub(crate) record: &'a Record,
    /// Which of its two.
    pub(super) side: usize,
    /// Both as registered.
    pub(super) entries: &'a [Entry; 2],
}

impl Target<'_> {
    /// The value as registered.
    pub(super) fn before(&self, wrong: Wrong) -> &str {
        let entry = &self.entries[self.side];
        match wrong {
            Wrong::Name => &entry.name,
            Wrong::IdNumber => &entry.id_number,
            Wrong::Household => &entry.household,
        }
    }

    /// Key of the other one.
    fn other(&self) -> &str {
        &self.record.spouses[1 - self.side]
    }

    /// The certificate that takes the place of the one with the wrong value: while a marriage
    /// certificate, or a divorce certificate, may be issued again (rules A2.5). The household
    /// stands on none.
    pub(crate) fn certificate(&self, wrong: Wrong) -> Option<Prefix> {
        match (wrong, self.record.state) {
            (Wrong::Household, _) => None,
            (_, RecordState::Valid) => Some(Prefix::Bj),
            (_, RecordState::Divorced) => Some(Prefix::Bl),
            _ => None,
        }
    }
}

/// Finds the entry and looks at everything that stands in the way.
///
/// # Errors
/// `RECORD_NOT_FOUND`, `NOT_A_PARTY`, `OLD_VALUE_DIFFERS`, `SAME_VALUE`, `FROZEN`,
/// `RECORD_NOT_VALID`, `SAME_PERSON`, `ALREADY_MARRIED`, `DEAD`.
pub(crate) fn find<'a>(form: &Form, world: &'a World) -> Result<Target<'a>, Refusal> {
    let record = record(form, world).ok_or_else(no_record)?;
    let entries = &world.on(record.id).ok_or_else(no_record)?.sides;
    let side = side(form, world, record, entries)?;
    let target = Target {
        record,
        side,
        entries,
    };
    as_registered(form, &target)?;
    open(&target, world)?;
    if form.wrong == Wrong::IdNumber {
        movable(form, &target, world)?;
    }
    Ok(target)
}

fn no_record() -> Refusal {
    let message =
        "没有查到当事人这个字号的婚姻登记，请核对字号和身份证件；档案还没有补录的，先补录。";
    at_field("RECORD_NOT_FOUND", "/record_number", message)
}

/// Any certificate of it may name it.
fn record<'a>(form: &Form, world: &'a World) -> Option<&'a Record> {
    let number = form.record_number.trim();
    let mut records = world.people.iter().flat_map(|known| &known.records);
    records.find(|record| {
        let mut issued = record.certificates.iter();
        record.number == number || issued.any(|held| held.number == number)
    })
}

/// The key of a party of the form.
fn key(world: &World, whose: Whose) -> Option<&str> {
    let at = match whose {
        Whose::Own => 0,
        Whose::Other => 1,
    };
    world.keys.get(at).map(String::as_str)
}

/// Whose entry it is; the applicant is one of the two.
fn side(
    form: &Form,
    world: &World,
    record: &Record,
    entries: &[Entry; 2],
) -> Result<usize, Refusal> {
    let stands = |key: Option<&str>| {
        let mut spouses = record.spouses.iter();
        spouses.position(|spouse| Some(spouse.as_str()) == key)
    };
    let applicant = key(world, Whose::Own);
    let side = match (form.wrong, form.whose) {
        // The number is wrong: the person is known by it, by name or by the spouse.
        (Wrong::IdNumber, _) => {
            let wrong = form.old.trim();
            let mut numbers = entries.iter();
            let side = numbers.position(|entry| same_number(&entry.id_number, wrong));
            let side = side.ok_or_else(differs)?;
            let spouse = Some(record.spouses[1 - side].as_str());
            let named = |entry: &Entry| entry.name.trim() == form.a.name.trim();
            let own =
                named(&entries[side]) || form.other.is_some() && key(world, Whose::Other) == spouse;
            let is_party = match form.whose {
                Whose::Own => own,
                Whose::Other => applicant == spouse,
            };
            is_party.then_some(side)
        }
        (_, Whose::Own) => stands(applicant),
        (_, Whose::Other) => {
            let other = stands(key(world, Whose::Other));
            other.filter(|side| applicant == Some(record.spouses[1 - side].as_str()))
        }
    };
    side.ok_or_else(|| {
        let message = "申请人或者所填的另一方不是这条婚姻登记的当事人，请核对身份证件和档案。";
        Refusal::new("NOT_A_PARTY", message)
    })
}

fn same_number(registered: &str, typed: &str) -> bool {
    let id: Option<IdentityDocument> = registered.parse().ok();
    let number = id.as_ref().map_or(registered, IdentityDocument::number);
    number.trim().eq_ignore_ascii_case(typed.trim())
}

fn differs() -> Refusal {
    let message = "登记簿上的原记载与所填的不同，请按档案核对更正前的记载。";
    at_field("OLD_VALUE_DIFFERS", "/old", message)
}

/// The old value is what the register has, and the new one is another.
fn as_registered(form: &Form, target: &Target<'_>) -> Result<(), Refusal> {
    let before = target.before(form.wrong).trim();
    if form.wrong == Wrong::Name && before != form.old.trim() {
        return Err(differs());
    }
    if before == form.right() {
        let message = "登记簿上已经是这个内容，不需要更正。";
        return Err(Refusal::new("SAME_VALUE", message));
    }
    Ok(())
}

/// What never had effect is not corrected, and what is in conflict is settled first.
fn open(target: &Target<'_>, world: &World) -> Result<(), Refusal> {
    if world.people.iter().any(|known| known.frozen.is_some()) {
        let message = "当事人的婚姻登记信息有冲突，正在核实，处理完毕后再办理更正。";
        return Err(Refusal::new("FROZEN", message));
    }
    if let state @ (RecordState::Void | RecordState::Annulled | RecordState::Revoked) =
        target.record.state
    {
        let message = format!("这段婚姻登记的状态是“{}”，不再更正。", state.label());
        return Err(Refusal::new("RECORD_NOT_VALID", message));
    }
    Ok(())
}

/// The person the right number stands for takes the place: one valid marriage each
/// (民法典 1042; rules A5.1).
fn movable(form: &Form, target: &Target<'_>, world: &World) -> Result<(), Refusal> {
    let new = key(world, form.whose).unwrap_or_default();
    if new == target.other() {
        let message = "更正后双方的身份证号相同，请核对。";
        return Err(Refusal::new("SAME_PERSON", message));
    }
    let at = world.keys.iter().position(|key| key == new);
    let nobody = Known::default();
    let known = at.and_then(|at| world.people.get(at)).unwrap_or(&nobody);
    if target.record.state != RecordState::Valid {
        return Ok(());
    }
    if known
        .valid()
        .is_some_and(|other| other.id != target.record.id)
    {
        let message = "更正后的身份证号名下已有一条有效的婚姻登记，不能更正，请先核实两条登记（民法典第一千零四十二条）。";
        return Err(Refusal::new("ALREADY_MARRIED", message));
    }
    if known.died_on.is_some() {
        let message = "更正后的身份证号已有死亡登记，更正会改变婚姻状态，请先核实死亡登记。";
        return Err(Refusal::new("DEAD", message));
    }
    Ok(())
}
