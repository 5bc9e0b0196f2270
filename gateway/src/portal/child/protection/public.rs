//! What one can do for a child, and the notices for the birth parents of found children.

use axum::response::Response;
use yiwang_chassis::fault::Fault;
use yiwang_proto::child::v1 as pb;

use crate::portal::{
    desk::Desk,
    near::{county_of, cut},
    view::{
        Section,
        child::protection::public::{HelpPage, NoticesPage},
        chrome::query,
    },
};

/// Whom to call, where to tell.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    Ok(desk.page(&HelpPage {
        chrome: desk.chrome().titled("孩子需要帮助", Section::Child),
    }))
}

/// Notices that run now.
pub(crate) async fn notices(desk: Desk) -> Result<Response, Fault> {
    let place = cut(desk.query("place"));
    let county = county_of(&place);
    let request = pb::ListSearchNoticesRequest {
        county: county.clone(),
        page_token: desk.query("page").to_owned(),
    };
    let found = desk.state.backends().child_search_notices(request).await?;
    let next = match found.next_page_token.as_str() {
        "" => String::new(),
        page => query("/child/notices", &[("place", &place), ("page", page)]),
    };
    Ok(desk.page(&NoticesPage {
        chrome: desk.chrome().titled("寻找亲生父母公告", Section::Child),
        told: match (place.as_str(), county.as_str()) {
            ("", _) => String::new(),
            (place, "") => format!("没有找到“{place}”这个地方，下面是全部公告。"),
            (place, _) => format!("在{place}的公告："),
        },
        place,
        notices: found.notices,
        next,
    }))
}
