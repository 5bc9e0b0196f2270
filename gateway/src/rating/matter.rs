//! What may be rated: an own case or one-thing in which nothing more is to be done.

use yiwang_chassis::fault::Fault;

use crate::{
    one_thing::{definitions, present},
    session::SignedIn,
    state::AppState,
};

/// Something that is over.
pub(crate) struct Matter {
    pub(crate) title: String,
    pub(crate) division: String,
    /// Its page.
    pub(crate) href: String,
}

/// What a rating of a child's matter is called: nobody learns more.
const CONFIDENTIAL: &str = "未成年人保护和儿童福利业务";

/// The reader's own matter with this number.
///
/// # Errors
/// `NOT_FOUND`: also when it is somebody else's; `NOT_OVER`.
pub(crate) async fn matter(
    state: &AppState,
    who: &SignedIn,
    number: &str,
) -> Result<Matter, Fault> {
    let (matter, over) = match definitions::is_number(number) {
        true => one_thing(state, who, number).await?,
        false => case(state, who, number).await?,
    };
    if !over {
        let message = "这件事还没有办完，办完以后再评价。";
        return Err(Fault::precondition("NOT_OVER", message));
    }
    Ok(matter)
}

async fn one_thing(
    state: &AppState,
    who: &SignedIn,
    number: &str,
) -> Result<(Matter, bool), Fault> {
    let whole = state.one_things().get(who, number).await?;
    if !whole.own {
        return Err(Fault::not_found());
    }
    let matter = Matter {
        title: present::title(&whole).to_owned(),
        division: whole.overview.division.clone(),
        href: format!("/one-things/{number}"),
    };
    Ok((matter, present::is_final(&whole.overview.state)))
}

async fn case(state: &AppState, who: &SignedIn, number: &str) -> Result<(Matter, bool), Fault> {
    let case = state.backends().case(who, number).await?;
    if !case.own {
        return Err(Fault::not_found());
    }
    // What runs for years is decided when nobody has to do anything.
    let over = case.closed || case.waiting_for.is_empty();
    let matter = Matter {
        title: match case.confidential {
            true => CONFIDENTIAL.to_owned(),
            false => case.item_title,
        },
        division: case.division,
        href: format!("/cases/{number}"),
    };
    Ok((matter, over))
}
