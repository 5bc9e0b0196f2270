//! 事实无人抚养儿童认定 (WF): the shared procedure ([`super::procedure`]) under its own name.

mod guide;

use jiff::civil::Date;
use yiwang_casework::{
    Case, Context, Decision, Item, Material, Refusal, Standing, guide::Standard,
};
use yiwang_chassis::identity::Role;
use yiwang_civic::params::RuleBook;

use super::{
    law::Kind,
    procedure::{
        self, Action, Effect, Entitlement, Facts, Form, State, World, actions, decide, sections,
        state,
    },
};

/// The item.
#[derive(Debug)]
pub struct Unattended;

impl Entitlement for Unattended {
    const KIND: Kind = Kind::Unattended;
}

impl Item for Unattended {
    const CODE: &'static str = "unattended-child";
    const PREFIX: &'static str = "WF";
    const TITLE: &'static str = "事实无人抚养儿童认定和基本生活补贴";
    const FILED_BY: &'static [Role] = state::FILERS;
    const PARTIES: &'static [&'static str] = &["carer"];
    const CLOSED: bool = true;
    const LINE: &'static [Role] = state::LINE;

    yiwang_casework::parts_of_item!();

    fn standards(rules: &RuleBook, division: &str, day: Date) -> Vec<Standard> {
        procedure::shown(Kind::Unattended, rules, division, day)
    }

    fn received_in(form: &Form) -> Option<String> {
        Some(form.receiving.trim().to_owned()).filter(|place| !place.is_empty())
    }

    fn standing(form: &Form, facts: &Facts) -> Vec<Standing> {
        procedure::standing(form, facts)
    }

    fn expected(case: &Case<Self>) -> Vec<&'static str> {
        procedure::expected(case)
    }

    fn on_clock(name: &str) -> Option<Action> {
        procedure::on_clock(name)
    }

    fn on_answer(kind: &str, answer: serde_json::Value) -> Result<Action, serde_json::Error> {
        procedure::on_answer(kind, answer)
    }

    fn submit(
        form: &Form,
        _: &[Material],
        cx: &Context<'_>,
        world: &World,
    ) -> Result<Decision<Self>, Refusal> {
        decide::submit(form, cx, world)
    }

    fn decide(
        case: &Case<Self>,
        action: Action,
        cx: &Context<'_>,
        world: &World,
    ) -> Result<Decision<Self>, Refusal> {
        decide::decide(case, action, cx, world)
    }
}
