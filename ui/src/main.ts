/** Starts the window: asks the shell what there is, then shows it. */
import { mount } from "svelte";
import Root from "./app/Root.svelte";
import "./shared/paper.css";

const target = document.getElementById("app");
if (!target) throw new Error("index.html has no #app");
mount(Root, { target });
