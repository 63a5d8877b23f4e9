import "../styles/main.scss";
