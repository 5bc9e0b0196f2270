//! Own drafts, cases and messages.

use axum::response::Response;
use yiwang_chassis::fault::Fault;

use crate::{messages::widowed, one_thing::definitions};

use super::{
    case::ashes::renewal_link,
    desk::Desk,
    view::{
        Section,
        chrome::query,
        format,
        mine::{CaseLink, Marriage, Message, Mine, marital},
        public::DraftLink,
    },
};

const PAGE: usize = 20;

/// Own drafts, cases and messages; unread messages count as read afterwards.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let who = desk.who()?;
    let backends = desk.state.backends();
    let cursor = desk.query("cursor");
    let (cases, drafts, messages, marriages) = futures::join!(
        backends.own_cases(who, cursor, PAGE),
        backends.drafts(who),
        desk.state.messages().list(who, None, PAGE),
        backends.own_records(who),
    );
    let (cases, drafts, messages) = (cases?, drafts?, messages?);
    // Most people have none; a register that is away must not take the page with it.
    let marriages = marriages.unwrap_or_default();
    let unread = desk.state.messages().unread(who).await?;
    if let Some(latest) = messages.first().filter(|_| unread > 0) {
        desk.state.messages().mark_read(who, latest.id).await?;
    }
    let message = |message: crate::messages::Message| Message {
        // An appointment, a visit, a memorial have no case of their own.
        link: match message.case_number.get(..2) {
            None if message.item_title == widowed::TITLE => {
                let form = "/one-things/new/after-death".to_owned();
                (form, "去办公民身后一件事")
            }
            // A found family has no case: its message names none.
            None => ("/funeral".to_owned(), "亲人去世，怎么办"),
            Some("YY") => ("/my/appointments".to_owned(), "查看我的预约"),
            Some("me") => ("/memorials/mine".to_owned(), "查看我开设的纪念页"),
            _ if definitions::is_number(&message.case_number) => {
                (format!("/one-things/{}", message.case_number), "查看每一步")
            }
            Some("JS") => ("/visits/mine".to_owned(), "查看我的祭扫预约"),
            _ => renewal_link(&message.case_number, &message.state_label)
                .unwrap_or_else(|| (format!("/cases/{}", message.case_number), "查看办件")),
        },
        text: message.text,
        at: format!("{}　{}", message.item_title, format::moment(message.at)),
        unread: message.read_at.is_none(),
    };
    let today = desk.today();
    let told = match desk.query("done") {
        "discard" => "草稿已经删掉。",
        "save" => "已保存，下次可以接着填。",
        _ => "",
    };
    Ok(desk.page(&Mine {
        chrome: desk.chrome().titled("我的办件", Section::Mine),
        told,
        csrf: who.csrf.clone(),
        // Drafts stand on the first page only.
        drafts: match cursor {
            "" => drafts.iter().map(DraftLink::of).collect(),
            _ => vec![],
        },
        cases: cases
            .entries
            .iter()
            .map(|case| CaseLink::of(case, today))
            .collect(),
        next: match cases.next_cursor.as_str() {
            "" => String::new(),
            cursor => query("/my", &[("cursor", cursor)]),
        },
        unread,
        marital: marital(&marriages),
        marriages: marriages.iter().map(Marriage::of).collect(),
        messages: messages.into_iter().map(message).collect(),
    }))
}
