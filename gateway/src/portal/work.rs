//! The officers' worklist: every service, nearest legal deadline first.

use axum::response::Response;
use yiwang_chassis::fault::Fault;
use yiwang_proto::casework::v1 as pb;

use crate::{one_thing::service, rating};

use super::{
    desk::{Desk, go},
    view::{
        Section,
        chrome::query,
        work::{Row, Tab, VIEWS, Work},
    },
};

const PAGE: i32 = 50;

/// The worklist.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let who = desk.who()?;
    let number = desk.query("number").to_uppercase();
    let known = VIEWS.iter().find(|(code, ..)| *code == desk.query("view"));
    let (view, _, empty) = known.unwrap_or(&VIEWS[0]);
    let (item, state) = (
        desk.query("item").to_owned(),
        desk.query("state").to_owned(),
    );
    let filter = pb::ListWorkRequest {
        cursor: desk.query("cursor").to_owned(),
        limit: PAGE,
        // A number is looked for everywhere one may see, also among closed cases.
        view: if number.is_empty() {
            (*view).to_owned()
        } else {
            "REGION".to_owned()
        },
        item: item.clone(),
        state: state.clone(),
        number: number.clone(),
    };
    let page = desk.state.backends().work(who, filter).await?;
    if !number.is_empty() {
        if let [only] = page.entries.as_slice() {
            return Ok(go(&format!("/cases/{}", only.number)));
        }
        // Closed cases are not in the list, but they have a page.
        if page.entries.is_empty() && desk.state.backends().case(who, &number).await.is_ok() {
            return Ok(go(&format!("/cases/{number}")));
        }
    }
    let items = desk.state.backends().items().await?;
    let link = |view: &str, cursor: &str| {
        let pairs = [
            ("view", view),
            ("item", &item),
            ("state", &state),
            ("cursor", cursor),
        ];
        query("/work", &pairs)
    };
    let today = desk.today();
    let told = match (number.is_empty(), page.unavailable.is_empty()) {
        (false, _) => format!("没有找到编号{number}，请核对后再查。"),
        (_, false) => "有一部分办件暂时取不到，请过一会儿刷新。".to_owned(),
        _ => String::new(),
    };
    Ok(desk.page(&Work {
        chrome: desk.chrome().titled("待办", Section::Work),
        told,
        tabs: VIEWS
            .iter()
            .map(|(code, label, _)| Tab {
                href: link(code, ""),
                label,
                current: code == view,
            })
            .chain(service::steers(desk.who()?).then(|| Tab {
                href: "/one-things/desk".to_owned(),
                label: "一件事",
                current: false,
            }))
            .chain(rating::looks_into(desk.who()?).then(|| Tab {
                href: "/ratings".to_owned(),
                label: "好差评",
                current: false,
            }))
            .collect(),
        items: items
            .iter()
            .map(|item| (item.code.clone(), item.title.clone()))
            .collect(),
        states: states(&items, &item),
        first: match desk.query("cursor") {
            "" => String::new(),
            _ => link(view, ""),
        },
        next: match page.next_cursor.as_str() {
            "" => String::new(),
            cursor => link(view, cursor),
        },
        rows: page
            .entries
            .iter()
            .map(|case| Row::of(case, today))
            .collect(),
        filtered: !item.is_empty() || !state.is_empty() || !number.is_empty(),
        empty: if number.is_empty() {
            empty
        } else {
            "没有这个编号的办件。"
        },
        view,
        item,
        state,
        number,
    }))
}

/// The open states of the chosen item, or of all items, each once.
fn states(items: &[pb::Item], chosen: &str) -> Vec<(String, String)> {
    let mut states: Vec<(String, String)> = Vec::new();
    for item in items
        .iter()
        .filter(|item| chosen.is_empty() || item.code == chosen)
    {
        for state in item.states.iter().filter(|state| !state.closed) {
            if !states.iter().any(|(code, _)| *code == state.code) {
                states.push((state.code.clone(), state.label.clone()));
            }
        }
    }
    states
}
