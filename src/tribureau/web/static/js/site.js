// What every page runs: each module does nothing where its part of the page is missing.
import { followChanges } from "./live.js";
import { watchConnection } from "./connection.js";
import { takeDrops } from "./upload.js";
import { checkByKeys } from "./checking.js";
import { followChoices } from "./letter.js";
import { copyTexts, countWords } from "./copying.js";
import { countSelected } from "./selection.js";
import { guardUnsaved } from "./unsaved.js";
import { linkValuesAndBoxes, moveByKeys } from "./reading.js";

watchConnection();
takeDrops();
followChanges();
linkValuesAndBoxes();
moveByKeys();
followChoices();
guardUnsaved();
checkByKeys();
copyTexts();
countWords();
countSelected();
