// Long work of the county office goes on by itself; without this the button does the same.
"use strict";

document.querySelector("form[data-continue]")?.requestSubmit();
