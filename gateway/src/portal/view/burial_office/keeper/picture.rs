//! The plan of an area coloured by state.

use std::fmt::Write as _;

use yiwang_proto::burial::v1 as pb;

use super::{STATES, act, can};

/// The plan as a picture; where something can be done, the place is a link. The table under it
/// says the same in words, so the links are left out of the keyboard's way.
pub(super) fn picture(plan: &pb::PlacePlan, facility: &str) -> String {
    let area = plan.area.as_ref().map_or("", |area| area.area.as_str());
    let mut svg = format!(
        r#"<svg class="places" viewBox="0 0 {} {}" role="img" aria-label="{}平面图，每个位置的状态见下面的表">"#,
        plan.width_cm.max(1),
        plan.height_cm.max(1),
        escape(area),
    );
    for spot in &plan.spots {
        let known = STATES.iter().find(|(code, _)| *code == spot.state);
        let class = known.map_or("planned", |(code, _)| code);
        let shape = format!(
            r#"<rect class="spot {class}" x="{}" y="{}" width="{}" height="{}"><title>{}：{}</title></rect>"#,
            spot.x_cm,
            spot.y_cm,
            spot.width_cm,
            spot.depth_cm,
            escape(&spot.label),
            escape(&spot.state_label),
        );
        let _ = match can(&spot.state).0 {
            "" => write!(svg, "{shape}"),
            name => {
                let href = escape(&act(name, facility, area, &spot.id));
                write!(svg, r#"<a href="{href}" tabindex="-1">{shape}</a>"#)
            }
        };
    }
    svg.push_str("</svg>");
    svg
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_links_only_where_something_can_be_done() {
        let spot = |state: &str| pb::PlacedSpot {
            id: "0190".into(),
            label: "<松鹤>1排1号".into(),
            state: state.into(),
            ..Default::default()
        };
        let plan = |state: &str| pb::PlacePlan {
            spots: vec![spot(state)],
            ..Default::default()
        };
        let vacated = picture(&plan("vacated"), "421224100-GM01");
        assert!(vacated.contains("/cemetery/keeper/inspect?facility=421224100-GM01&amp;spot=0190"));
        assert!(vacated.contains("&lt;松鹤&gt;"));
        assert!(!picture(&plan("occupied"), "421224100-GM01").contains("<a "));
    }
}
