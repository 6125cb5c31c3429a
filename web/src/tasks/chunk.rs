//! A stretch of the list that is rendered near the part in view only, so that long lists scroll without hitches.

use super::row::{Row, RowItem, RowView};
use crate::ui::hooks::use_in_view;
use web_sys::HtmlElement;
use yew::prelude::*;

/// Rows of a chunk.
pub(super) const CHUNK: usize = 20;
/// Of a row, before it was measured.
const ROW_PX: usize = 52;
const MARGIN: &str = "1000px 0px";

#[derive(Properties, PartialEq)]
pub(super) struct ChunkProps {
    pub(super) items: Vec<RowItem>,
    pub(super) view: RowView,
    /// Rendered even before it is known to be in view.
    pub(super) first: bool,
}

#[component]
pub(super) fn Chunk(props: &ChunkProps) -> Html {
    let node = use_node_ref();
    let near = use_state(|| props.first);
    let height = use_mut_ref(Option::<i32>::default);
    // A row that holds the focus must not go.
    let held = props.items.iter().any(|item| item.editing || item.dragged);
    use_in_view(node.clone(), MARGIN, {
        let (near, node, height) = (near.clone(), node.clone(), height.clone());
        Callback::from(move |is_near: bool| {
            if let (false, Some(element)) = (is_near, node.cast::<HtmlElement>()) {
                height.replace(Some(element.offset_height()));
            }
            near.set(is_near);
        })
    });
    let shown = *near || held;
    use_effect_with((shown, props.items.len(), node.clone()), move |(shown, rows, node)| {
        let Some(element) = node.cast::<HtmlElement>() else { return };
        let guess = || i32::try_from(rows.saturating_mul(ROW_PX)).unwrap_or(i32::MAX);
        let wanted = if *shown { "auto".to_owned() } else { format!("{}px", height.borrow().unwrap_or_else(guess)) };
        let _ = element.style().set_property("height", &wanted);
    });
    html! {
        <div ref={node} class="chunk" role="presentation" data-first={props.items.first().map(|item| item.task.id.to_string())}>
            if shown {
                { for props.items.iter().map(|item| html! {
                    <Row key={item.task.id.0} item={item.clone()} view={props.view.clone()} />
                }) }
            }
        </div>
    }
}
