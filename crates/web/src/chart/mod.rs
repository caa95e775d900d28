//! Pictures as SVG made here, each with its figures as a table beside it. Colours come from classes of the stylesheet, so
//! a picture is light, dark or printed like the page.
