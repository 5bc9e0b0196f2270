//! 治丧服务: one case from the notice to the ashes (rules F02 to F07, F13).
//!
//! | where | what |
//! |---|---|
//! | [`form`], [`action`], [`facts`], [`state`] | what is written down |
//! | [`papers`] | the four papers before a cremation |
//! | [`customs`], [`storage`] | zones and customs; how long a body may be kept |
//! | [`step`] | the steps that two sign |
//! | `decide` | what each act does |
//! | [`services`] | what was used, for the bill |
//! | [`sections`] | the plan of the days ahead and what is missing |

pub mod action;
mod actions;
pub mod certificate;
pub mod customs;
mod decide;
mod documents;
pub mod facts;
pub mod form;
mod guide;
pub mod handling;
pub mod papers;
pub mod sections;
pub mod services;
pub mod state;
pub mod step;
pub mod storage;
pub mod takeover;
pub mod words;
pub mod world;

use yiwang_casework::{Case, Context, Decision, Item, Material, Refusal};
use yiwang_chassis::identity::Role;

pub use self::{
    action::Action,
    facts::Facts,
    form::Form,
    state::State,
    world::{Effect, World},
};

/// The item.
#[derive(Debug)]
pub struct Funeral;

impl Item for Funeral {
    const CODE: &'static str = "funeral";
    const PREFIX: &'static str = "ZS";
    const TITLE: &'static str = "治丧服务";
    // The home takes the notice on the phone and then does the work.
    const FILER_DECIDES: bool = true;
    const FILED_BY: &'static [Role] = &[Role::Funeral];

    yiwang_casework::parts_of_item!();

    fn submit(
        form: &Form,
        _: &[Material],
        cx: &Context<'_>,
        world: &World,
    ) -> Result<Decision<Self>, Refusal> {
        Ok(decide::submit(form, cx, world)?.effect(Effect::Board))
    }

    fn decide(
        case: &Case<Self>,
        action: Action,
        cx: &Context<'_>,
        world: &World,
    ) -> Result<Decision<Self>, Refusal> {
        Ok(decide::decide(case, action, cx, world)?.effect(Effect::Board))
    }
}
