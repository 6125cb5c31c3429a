//! Dragging a row by its grip, with mouse, pen or finger.

use super::selection::Drop;
use todo_contract::TaskId;
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};

/// So near to the edge (pixels) the list scrolls by itself.
const EDGE: f64 = 56.0;
const SCROLL_STEP: f64 = 14.0;

/// Begins to drag: all that the pointer does now comes to the grip.
pub(super) fn grab(event: &PointerEvent, id: TaskId) -> Option<Drop> {
    if event.button() != 0 {
        return None;
    }
    event.prevent_default();
    let grip = event.target()?.dyn_into::<Element>().ok()?;
    grip.set_pointer_capture(event.pointer_id()).ok()?;
    Some(Drop { dragged: id, over: id, after: false })
}

/// Where the dragged row would go now.
pub(super) fn target(event: &PointerEvent, dragged: TaskId) -> Option<Drop> {
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    scroll_at_the_edge(event, y);
    #[expect(clippy::cast_possible_truncation, reason = "a place on the screen")]
    let under = web_sys::window()?.document()?.element_from_point(x as f32, y as f32)?;
    let row = under.closest("[data-task]").ok()??;
    let over = TaskId(row.get_attribute("data-task")?.parse().ok()?);
    let bounds = row.get_bounding_client_rect();
    Some(Drop { dragged, over, after: y > bounds.top() + bounds.height() / 2.0 })
}

fn scroll_at_the_edge(event: &PointerEvent, y: f64) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let Some(Ok(Some(scroller))) = target.map(|target| target.closest(".scroller")) else { return };
    let bounds = scroller.get_bounding_client_rect();
    if y < bounds.top() + EDGE {
        scroller.scroll_by_with_x_and_y(0.0, -SCROLL_STEP);
    } else if y > bounds.bottom() - EDGE {
        scroller.scroll_by_with_x_and_y(0.0, SCROLL_STEP);
    }
}
